using Orchestrator.Core.Runs.Planning;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Runs that undo what they have completed.</summary>
public abstract class RunCompensationConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    [StoreFact]
    public async Task Settle_FailureAfterACompletedStep_UndoesIt()
    {
        var id = await StartAsync("""
            [{"id": "a", "action": "work", "compensate": {"action": "undo", "input": "${{ output }}"}}, {"id": "b", "needs": ["a"], "action": "work"}]
            """);
        await SettleAllAsync(await TakeAsync(), static _ => Completed("1"));
        await SettleAllAsync(await TakeAsync(), static _ => Failed());
        await AssertRunAsync(RunStatus.Started, id);

        var undo = Assert.Single(await TakeAsync(10, "undo"));
        Assert.Equal(("a!", "1"), (await WorkOfAsync(undo), Text(undo.Input)));
        await SettleAllAsync([undo]);

        await AssertRunAsync(RunStatus.Failed, id);
    }

    [StoreFact]
    public Task Abort_RunWithNothingOfItsOwnToUndo_UndoesItsSubRuns() => AbortAsync(compensates: true);

    [StoreFact]
    public Task Abort_WithoutCompensation_UndoesNoSubRun() => AbortAsync(compensates: false);

    [StoreFact]
    public async Task Skip_InAFailedRunThatFailsAgain_EndsItAgain()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"}]""");
        await SettleAllAsync(await TakeAsync(), static _ => Failed());
        var first = (await FindRunAsync(id)).FinishedAt;
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        await Store.Runs.ChangeAsync(id, new RunEvent.Skip("b", Json("1")), None);

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(first + TimeSpan.FromSeconds(1), (await FindRunAsync(id)).FinishedAt);
    }

    private async Task AbortAsync(bool compensates)
    {
        await DefineAsync("""[{"id": "x", "action": "work", "compensate": {"action": "undo"}}, {"id": "y", "needs": ["x"], "action": "work"}]""", name: "leaf");
        var id = await StartAsync("""[{"id": "sub", "run": "acme/leaf@1"}]""");
        await SettleAllAsync(await TakeAsync());
        var child = (await Store.Runs.ListWorkAsync(id, None))[0].RunId!.Value;

        await Store.Runs.ChangeAsync(id, new RunEvent.Abort(null, compensates), None);

        await AssertRunAsync(RunStatus.Aborted, id);
        await SettleAllAsync(await TakeAsync(10, "undo"));
        await AssertRunAsync(RunStatus.Aborted, child);
        Assert.Equal(compensates, (await EventsAsync(child)).Any(static item => item.StartsWith(RunEventTypes.StepCompensated, StringComparison.Ordinal)));
    }
}
