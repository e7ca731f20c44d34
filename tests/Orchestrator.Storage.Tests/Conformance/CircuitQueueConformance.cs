using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What may happen to tasks that wait for a provider, and to probes.</summary>
public abstract class CircuitQueueConformance(Func<Task<ITestStore>> create) : CircuitSuite(create)
{
    [StoreFact]
    public async Task Wake_ProbeIsGoneWithoutAVerdict_LetsAnotherStart()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(3));
        await TakeWithAsync();
        var probe = await ProbeAsync();

        await Store.Control.CancelAsync(probe.Lease.TaskId, None);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await WakeAsync());
        Assert.Empty(await TakeWithAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Single(await WakeAsync());

        Assert.NotEqual(probe.Lease.Token, Assert.Single(await TakeWithAsync()).Lease.Token);
    }

    [StoreFact]
    public async Task Wake_LeaseOfTheProbeIsReaped_LetsAnotherStart()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var id = Assert.Single(await SubmitToAsync(Own, NewTask())).Id;
        await TakeWithAsync();
        var probe = await ProbeAsync();
        await Clock.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        Assert.Empty(await WakeAsync());

        await SettleAsync(probe, Retried(), ofExpiredLease: true);
        Assert.Empty(await TakeWithAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await WakeAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await WakeAsync();

        Assert.Equal(id, Assert.Single(await TakeWithAsync()).Lease.TaskId);
        Assert.Equal((CircuitState.HalfOpen, false), ((await CircuitAsync()).State, (await CircuitAsync()).Probe == probe.Lease.Token));
    }

    [StoreFact]
    public async Task Settle_ProbeThatFails_UsesUpNoAttemptAndLetsAnotherTaskProbe()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var tasks = await SubmitToAsync(Own, [NewTask() with { MaxAttempts = 1, Score = 900 }, NewTask() with { MaxAttempts = 1 }]);
        await TakeWithAsync();
        var probe = await ProbeAsync();
        Assert.Equal((true, tasks[0].Id), (probe.IsProbe, probe.Lease.TaskId));

        var error = TaskError.Of(ErrorCodes.ProviderError, "503");
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(probe, new AttemptOutcome.Retried(error, TimeSpan.Zero) { Refunded = true }));
        await ReportAsync(probe, ProviderVerdict.Ill);
        Assert.Empty(await TakeWithAsync());

        var task = await FindAsync(tasks[0].Id);
        Assert.Equal((TaskState.Waiting, 0), (task.State, task.Attempt));
        Assert.Equal(tasks[1].Id, (await ProbeAsync(TimeSpan.FromMinutes(1))).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_TheBestIsOfAnActionThatNobodyServes_AnotherProbes()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTask("unserved") with { Score = 900 });
        var served = Assert.Single(await SubmitToAsync(Own, NewTask())).Id;
        Assert.Equal(1, (await TurnWithAsync(action: "unserved")).Gated);
        await TakeWithAsync();

        Assert.Equal(served, (await ProbeAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_LanesAndOtherActionsAreOfferedToo_HoldsThoseOfTheProviderOnly()
    {
        const string Law = Action + "+law";
        await CreateOwnAsync();
        await BreakAsync();
        var tasks = await SubmitToAsync(Own, NewTask() with { Skills = ["law"] }, NewTask(), NewTask("free"), NewTask("other"));

        var turn = await TurnAsync(
            10, new ActionCapacity(Action, 10) { Provider = Provider, Lanes = [Law] }, new ActionCapacity("free", 10), new ActionCapacity("other", 10) { Provider = "another" });

        Assert.Equal(2, turn.Gated);
        Assert.Equal(tasks.Skip(2).Select(task => task.Id).Order(), turn.Tasks.Select(task => task.Lease.TaskId).Order());
        await Clock.AdvanceAsync(OpenFor);
        Assert.Equal(2, (await WakeAsync()).Count);
        turn = await TurnAsync(10, new ActionCapacity(Action, 10) { Provider = Provider, Lanes = [Law] });
        Assert.Equal((true, 1), (Assert.Single(turn.Tasks).IsProbe, turn.Gated));
    }

    [StoreFact]
    public async Task Wake_ActionUsesAnotherProviderByNow_LetsTwiceAsManyGoOnWithEachLook()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(7));
        await TakeWithAsync();
        await Clock.AdvanceAsync(OpenFor);

        foreach (var count in new[] { 1, 2, 4 })
        {
            Assert.Equal(count, (await WakeAsync()).Count);
            Assert.Equal(count, (await TakeWithAsync("another")).Count);
            await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(await WakeAsync());
    }

    [StoreFact]
    public async Task Take_ManyWait_PutsThemAsideInFewTurns()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(2_500));

        var turns = 0;
        for (var gated = 0; gated < 2_500; turns++)
        {
            gated += (await TurnWithAsync(slots: 4)).Gated;
        }

        Assert.Equal(3, turns);
        Assert.Equal(2_500, (await Store.Tasks.CountAsync(Own, None))[TaskState.Waiting]);
    }

    [StoreFact]
    public async Task Take_TheProbeLacksAResource_AnotherProbes()
    {
        await CreateOwnAsync();
        await Store.Resources.PutAsync(Provider, new ResourceBounds.Bucket(1, 0.001m), None);
        var needs = new Dictionary<string, int> { [Provider] = 1 };
        await SubmitToAsync(Own, NewTask() with { Resources = needs });
        await TakeWithAsync();
        await BreakAsync();
        var lacking = Assert.Single(await SubmitToAsync(Own, NewTask() with { Resources = needs, Score = 900 })).Id;
        var other = Assert.Single(await SubmitToAsync(Own, NewTask())).Id;
        await TakeWithAsync();

        await Clock.AdvanceAsync(OpenFor);
        await WakeAsync();
        Assert.Empty(await TakeWithAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await WakeAsync();

        Assert.Equal(other, Assert.Single(await TakeWithAsync()).Lease.TaskId);
        Assert.Equal(WaitingFor.Resource, (await FindAsync(lacking)).WaitingFor);
    }

    [StoreFact]
    public async Task Take_WorkspaceIsPaused_ProbesWhenItGoesOn()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(3));
        await TakeWithAsync();
        await Store.Workspaces.PauseAsync(Own, null, None);
        await Clock.AdvanceAsync(OpenFor);
        Assert.Single(await WakeAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await WakeAsync());
        Assert.Empty(await TakeWithAsync());

        await Store.Workspaces.ResumeAsync(Own, None);

        Assert.Single(await TakeWithAsync());
    }

    [StoreFact]
    public async Task Cancel_WaitingTask_LeavesTheQueue()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var tasks = await SubmitToAsync(Own, NewTasks(2));
        await TakeWithAsync();

        Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(tasks[0].Id, None));

        Assert.Equal(["submitted", "queued", "waiting", "cancelled"], await HistoryAsync(tasks[0].Id));
        Assert.Equal(tasks[1].Id, (await ProbeAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task FailOverdue_WaitingTask_Fails()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var id = Assert.Single(await SubmitToAsync(Own, NewTask() with { DeadlineAt = Clock.Now.AddSeconds(1) })).Id;
        await TakeWithAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([id], await Store.Reminders.FailOverdueAsync(10, None));

        Assert.Equal(TaskState.Failed, await StateAsync(id));
    }

    [StoreFact]
    public async Task Patch_WaitingTask_TakesItsNewPlace()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var tasks = await SubmitToAsync(Own, NewTasks(3));
        await TakeWithAsync();

        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(tasks[2].Id, new TaskPatch { Score = 900 }, None));
        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(tasks[1].Id, new TaskPatch { RunAt = Clock.Now.AddHours(1) }, None));

        Assert.Equal(TaskState.Scheduled, await StateAsync(tasks[1].Id));
        Assert.Empty(await TakeWithAsync());
        Assert.Equal(tasks[2].Id, (await ProbeAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_RetryOfATaskThatFailed_WaitsWithoutUsingUpAnAttempt()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await Clock.AdvanceAsync(TimeSpan.FromHours(1));
        await Store.Circuits.WakeAsync(None);
        var due = await Store.Reminders.FireDueAsync(100, None);
        Assert.Equal(FuseDefaults.CircuitFailures, due.Count);

        var probe = Assert.Single(await TakeWithAsync());
        await EndAsync(probe, ProviderVerdict.Ill);

        foreach (var id in due.Where(id => id != probe.Lease.TaskId))
        {
            var task = await FindAsync(id);
            Assert.Equal((TaskState.Waiting, 1), (task.State, task.Attempt));
        }
    }

    [StoreFact]
    public async Task Delete_WorkspaceWithAnOpenCircuit_TakesItAlong()
    {
        await CreateOwnAsync(new FuseSettings { CircuitFailures = 1 });
        await SubmitToAsync(Own, NewTask());
        var task = Assert.Single(await TakeWithAsync());
        await SettleAsync(task, Failed(ErrorCodes.ProviderError));
        await ReportAsync(task, ProviderVerdict.Ill);

        Assert.Equal(Workspaces.WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync(Own, None));
        await CreateOwnAsync();

        Assert.Empty((await FindOwnAsync()).Circuits);
    }
}
