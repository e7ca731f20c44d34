using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Runs;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>A run that cannot be carried on fails by itself, and keeps nobody else from going on.</summary>
public abstract class RunBreakageConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    /// <summary>As a state it cannot be read.</summary>
    private const string Unreadable = """{"s":"x"}""";

    /// <summary>As a state it is that of a definition without steps.</summary>
    private const string Foreign = "{}";

    [StoreFact]
    public async Task Settle_StateThatCannotBeRead_FailsThatRunAlone() => await AssertFailsAloneAsync(Unreadable);

    [StoreFact]
    public async Task Settle_RunThatCannotBePlanned_FailsAlone() => await AssertFailsAloneAsync(Foreign);

    [StoreFact]
    public async Task Settle_OutputThatIsGone_FailsThatRunAlone()
    {
        const string Steps = """
            [{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"},
             {"id": "c", "needs": ["b"], "action": "work", "input": "${{ steps.a.output }}"}]
            """;
        var (broken, other) = (await StartAsync(Steps), await StartAsync(Steps));
        await SettleAllAsync(await TakeAsync());
        await Test.ExecuteSqlAsync($"delete from run_outputs where run_id = '{broken}'");

        await SettleAllAsync(await TakeAsync());

        await AssertBrokenAsync(broken);
        Assert.Equal(["c"], await WorkAsync());
        await AssertRunAsync(RunStatus.Completed, other);
    }

    [StoreFact]
    public async Task Settle_OfABrokenRun_GivesUpItsOtherTasks()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "action": "work"}]""", input: Unreadable);
        var tasks = await TakeStepsAsync();
        await BreakAsync(id);

        await SettleAllAsync([tasks["a"]]);
        await LookAsync();

        await AssertBrokenAsync(id);
        Assert.Equal(TaskState.Cancelled, await StateAsync(tasks["b"].Lease.TaskId));
    }

    [StoreFact]
    public async Task Settle_OfABrokenRun_AbortsItsSubRuns()
    {
        await DefineAsync("""[{"id": "x", "action": "work"}]""", name: "leaf");
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "sub", "run": "acme/leaf@1"}]""", input: Unreadable);
        var tasks = await TakeStepsAsync();
        await BreakAsync(id);

        await SettleAllAsync([tasks["a"]]);
        await LookAsync();

        await AssertBrokenAsync(id);
        await AssertRunAsync(RunStatus.Aborted, (await Store.Runs.ListWorkAsync(id, None)).Single(static work => work.RunId is not null).RunId!.Value);
        Assert.Equal(TaskState.Cancelled, await StateAsync(tasks["x"].Lease.TaskId));
    }

    [StoreFact]
    public async Task Settle_OfABrokenSubRun_FailsTheStepOfItsParent()
    {
        await DefineAsync("""[{"id": "x", "action": "work"}]""", name: "leaf");
        var id = await StartAsync($$"""[{"id": "sub", "run": "acme/leaf@1", "input": {{Unreadable}}}, {"id": "last", "needs": ["sub"], "action": "work"}]""");
        await BreakAsync((await Store.Runs.ListWorkAsync(id, None))[0].RunId!.Value);

        await WorkAsync();

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(StepStatus.Failed, await StepAsync(id, "sub"));
        Assert.Equal(ErrorCodes.WorkerError, (await FindRunAsync(id)).State.Error!.Code);
    }

    [StoreFact]
    public async Task Look_AtABrokenRun_LooksAtTheOthersToo()
    {
        const string Asking = """[{"id": "a", "approval": {"question": "Well?", "timeoutMs": 1000}}]""";
        var (broken, other) = (await StartAsync(Asking, input: Unreadable), await StartAsync(Asking));
        await BreakAsync(broken);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.True(await Store.Runs.LookAsync(10, None) >= 2);

        await AssertBrokenAsync(broken);
        await AssertRunAsync(RunStatus.Failed, other);
        Assert.Null(await Store.Runs.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task Look_AtABrokenRunThatGivesUpWork_CancelsItAndFails()
    {
        var id = await StartAsync(Chain, input: Unreadable);
        await BreakAsync(id);
        await Test.ExecuteSqlAsync("update runs set abandons = true");

        await LookAsync();

        await AssertBrokenAsync(id);
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Change_OfABrokenRun_IsRefusedAndItHasFailed()
    {
        var id = await StartAsync("""[{"id": "a", "approval": {"question": "Well?"}}]""", input: Unreadable);
        await BreakAsync(id);

        Assert.Single((await Store.Runs.ListAsync(new RunQuery { Workspace = Default, Limit = 10 }, None))!);
        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Decided("a", RunDecision.Continue, null, null), None));

        await AssertBrokenAsync(id);
        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Skip("a", Json("1")), None));
    }

    [StoreFact]
    public async Task Replay_OfACompletedRunThatCannotBeRead_IsRefusedAndItStays()
    {
        var definition = await DefineAsync(Chain);
        var id = await StartAsync(NewRun(definition, Unreadable));
        await WorkAsync();
        await BreakAsync(id);

        Assert.IsType<StartRunResult.NotReplayable>(await TryStartAsync(NewRun(definition) with { ReplayOf = id, ReplayFrom = "b" }));
        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Skip("a", Json("1")), None));

        Assert.Equal(["completed"], await Test.QuerySqlAsync("select status from runs"));
    }

    private async Task AssertFailsAloneAsync(string state)
    {
        var faults = new HashSet<Guid>();
        Store.Runs.Notices = notices => faults.UnionWith(notices.Where(static notice => notice.Fault is not null).Select(static notice => notice.RunId));
        var (broken, other) = (await StartAsync(Chain, input: state), await StartAsync(Chain));
        await BreakAsync(broken);

        await SettleAllAsync(await TakeAsync());

        await AssertBrokenAsync(broken);
        Assert.Equal([broken], faults);
        Assert.Equal(["b", "c"], await WorkAsync());
        await AssertRunAsync(RunStatus.Completed, other);
        Assert.Null(await Store.Runs.FindNextDueAsync(None));
    }

    /// <summary>Puts the input of a run in the place of its state.</summary>
    private Task BreakAsync(Guid id) => Test.ExecuteSqlAsync($"update runs set state = input where id = '{id}'");

    private async Task LookAsync()
    {
        while (await Store.Runs.LookAsync(10, None) > 0)
        {
            await ResolveAsync();
        }
    }

    private async Task AssertBrokenAsync(Guid id)
    {
        await LookAsync();
        await AssertRunAsync(RunStatus.Failed, id);
        var error = (await FindRunAsync(id)).State.Error!;
        Assert.Equal((ErrorCodes.WorkerError, false), (error.Code, error.Retryable));
        Assert.StartsWith("internal_error: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("run.failed", (await EventsAsync(id))[^1]);
        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Retry("a", TimeSpan.Zero, null), None));
    }
}
