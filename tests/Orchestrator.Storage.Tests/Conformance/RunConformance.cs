using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Runs advance in the transaction that ends a task of theirs.</summary>
public abstract class RunConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    [StoreFact]
    public async Task Start_Chain_AdvancesStepByStepToItsOutput()
    {
        var id = await StartAsync(Chain);

        var rounds = await WorkAsync(static _ => Completed("7"));

        Assert.Equal(["a", "b", "c"], rounds);
        await AssertRunAsync(RunStatus.Completed, id);
        Assert.Equal("""{"c":7}""", Text((await FindRunAsync(id)).Output));
        Assert.Equal("7", Text(await Store.Runs.FindOutputAsync(id, "a", None)));
        Assert.Equal(
            ["run.started", "step.queued a", "step.completed a", "step.queued b", "step.completed b", "step.queued c", "step.completed c", "run.completed"],
            await EventsAsync(id));
    }

    [StoreFact]
    public async Task Settle_LastOfADiamond_StartsWhatNeededBothOnce()
    {
        var id = await StartAsync(Diamond);

        Assert.Equal(["a", "b c", "d"], await WorkAsync());

        await AssertRunAsync(RunStatus.Completed, id);
        Assert.Equal(["a", "b", "c", "d"], (await Store.Runs.ListWorkAsync(id, None)).Select(work => work.Work).Order());
    }

    [StoreFact]
    public async Task Settle_TwoBranchesOneAfterTheOther_StartsTheLastOnce()
    {
        await StartAsync(Diamond);
        await SettleAllAsync((await TakeStepsAsync()).Values);
        var branches = await TakeStepsAsync();

        await SettleAllAsync([branches["b"]]);
        Assert.Empty(await TakeStepsAsync());
        await SettleAllAsync([branches["c"]]);

        Assert.Equal(["d"], (await TakeStepsAsync()).Keys);
    }

    [StoreFact]
    public async Task Settle_ManyRunsInOneBatch_AdvancesEach()
    {
        var key = await DefineAsync(Chain);
        var started = await Store.Runs.StartAsync([.. Enumerable.Range(0, 50).Select(_ => NewRun(key))], None);

        for (var step = 0; step < 3; step++)
        {
            var tasks = await TakeAsync();
            Assert.Equal(50, tasks.Count);
            await SettleAllAsync(tasks);
        }

        foreach (var run in started.Cast<StartRunResult.Started>())
        {
            await AssertRunAsync(RunStatus.Completed, run.Run.Id);
        }
    }

    [StoreFact]
    public async Task Start_BoundOfTwo_HasNeverMoreTasksThanThat()
    {
        var id = await StartAsync("""[{"id": "each", "foreach": "${{ run.input }}", "action": "work", "input": "${{ item }}"}]""", maxParallel: 2, "[0,1,2,3,4]");

        Assert.Equal(["each[0] each[1]", "each[2] each[3]", "each[4]"], await WorkAsync(static task => Completed(Text(task.Input))));

        Assert.Equal("""{"each":[0,1,2,3,4]}""", Text((await FindRunAsync(id)).Output));
    }

    [StoreFact]
    public async Task Settle_OutputThatALaterStepReads_IsLoaded()
    {
        var id = await StartAsync("""
            [{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"},
             {"id": "c", "needs": ["b"], "action": "work", "input": {"text": "${{ steps.a.output.text }}"}}]
            """);

        await SettleAllAsync(await TakeAsync(), static _ => Completed("""{"text":"kept"}"""));
        await SettleAllAsync(await TakeAsync());
        var last = await TakeOneAsync();

        Assert.Equal("""{"text":"kept"}""", Text(last.Input));
        Assert.Equal(id, last.Step?.RunId);
    }

    [StoreFact]
    public async Task Settle_Failure_FailsTheRunOnceOthersHaveEnded()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "action": "work"}, {"id": "c", "needs": ["a"], "action": "work"}]""");
        var steps = await TakeStepsAsync();

        await SettleAllAsync([steps["a"]], static _ => Failed());
        await AssertRunAsync(RunStatus.Started, id);
        await SettleAllAsync([steps["b"]]);

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(ErrorCodes.InvalidInput, (await FindRunAsync(id)).State.Error!.Code);
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Settle_Twice_AdvancesOnce()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();

        await SettleAllAsync([task]);
        await SettleAllAsync([task]);

        Assert.Single(await TakeAsync());
        Assert.Equal(4, (await EventsAsync(id)).Length);
    }

    [StoreFact]
    public async Task Settle_WithALostLease_AdvancesNothing()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(task, Completed()));

        Assert.Equal(StepStatus.Running, await StepAsync(id, "a"));
        Assert.Equal(["run.started", "step.queued a"], await EventsAsync(id));
    }

    [StoreFact]
    public async Task Settle_WithoutKnowingTheRun_AdvancesItShortly()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();

        await Store.Leases.SettleAsync([Settlement(task, Completed()) with { Step = null }], None);
        Assert.Equal(StepStatus.Running, await StepAsync(id, "a"));
        await ResolveAsync();

        Assert.Equal(["b"], (await TakeStepsAsync()).Keys);
    }

    [StoreFact]
    public async Task Reap_LastAttempt_FailsTheRunShortly()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(task, Failed(ErrorCodes.HeartbeatMissed), ofExpiredLease: true));
        await ResolveAsync();

        await AssertRunAsync(RunStatus.Failed, id);
    }

    [StoreFact]
    public async Task Cancel_TaskOfAStep_FailsTheStep()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();

        await Store.Control.CancelAsync(task.Lease.TaskId, None);

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(ErrorCodes.Cancelled, (await FindRunAsync(id)).State.Error!.Code);
    }

    [StoreFact]
    public async Task Settle_RetriedAttempt_LeavesTheStepUnderWay()
    {
        var id = await StartAsync(Chain);

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(await TakeOneAsync(), Retried()));

        Assert.Equal(StepStatus.Running, await StepAsync(id, "a"));
        await SettleAllAsync(await TakeAsync());
        Assert.Equal(["b"], (await TakeStepsAsync()).Keys);
    }

    [StoreFact]
    public async Task Settle_EndThatHeardMessages_AdvancesTheRunAtOnce()
    {
        await StartAsync(Chain);
        var task = await TakeOneAsync();

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(task, new AttemptOutcome.Completed(Json("1")) { HeardThrough = 0 }));

        Assert.Equal(["b"], (await TakeStepsAsync()).Keys);
    }

    [StoreFact]
    public async Task Settle_StepOfARemoteWorker_AdvancesTheRunAtOnce()
    {
        var id = await StartAsync(Chain);
        var turn = await Store.Turns.TakeAsync(new TurnRequest(Guid.Empty, 1, [new(Action, 1)], Lease) { IsRemote = true }, None);
        var lease = (await Store.RemoteLeases.FindAsync(Assert.Single(turn.Tasks).Lease.Token, None))!;

        Assert.Equal(id, lease.Step?.RunId);
        var settlement = new Settlement(lease.Lease, lease.WorkspaceKey, lease.Lane, Completed()) { IsRemote = true, Step = lease.Step };
        Assert.Equal([SettlementResult.Accepted], await Store.Leases.SettleAsync([settlement], None));

        Assert.Equal(["b"], (await TakeStepsAsync()).Keys);
    }

    [StoreFact]
    public async Task Settle_StepsAndPlainTasksTogether_EndsAll()
    {
        var id = await StartAsync(Chain);
        await SubmitAsync(NewTasks(3));

        await SettleAllAsync(await TakeAsync());

        Assert.Equal(["b"], (await TakeStepsAsync()).Keys);
        await AssertRunAsync(RunStatus.Started, id);
    }

    [StoreFact]
    public async Task Settle_UnknownResource_FailsTheStep()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work", "resources": {"nothing": 1}}]""");

        await WorkAsync();

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(ErrorCodes.ResourceUnavailable, (await FindRunAsync(id)).State.Error!.Code);
    }

    [StoreFact]
    public async Task Settle_ActionWithDefaults_StepHasThemBesideItsOwn()
    {
        await Store.Resources.PutAsync("gpu", new ResourceBounds.Semaphore(4), None);
        Store.Runs.FindTaskDefaults = static action => action == "work"
            ? new TaskDefaults { TimeoutMs = 7_000, Resources = new Dictionary<string, int> { ["gpu"] = 2 } }
            : TaskDefaults.Unconfigured;
        await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work", "timeoutMs": 5, "resources": {"gpu": 1}}]""");

        var first = await TakeOneAsync();
        await SettleAllAsync([first]);
        var (a, b) = (await FindAsync(first.Lease.TaskId), await FindAsync((await TakeOneAsync()).Lease.TaskId));

        Assert.Equal((7_000, 2), (a.TimeoutMs, a.Resources["gpu"]));
        Assert.Equal((5, 1), (b.TimeoutMs, b.Resources["gpu"]));
    }

    [StoreFact]
    public async Task Notices_OfAWholeRun_TellItsBeginningStepsAndEnd()
    {
        var notices = new List<RunNotice>();
        Store.Runs.Notices = notices.AddRange;
        var id = await StartAsync(Chain);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        var task = await TakeOneAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(3));
        await SettleAllAsync([task]);
        await WorkAsync();

        Assert.All(notices, notice => Assert.Equal(id, notice.RunId));
        Assert.True(notices[0].Began);
        Assert.Equal(TaskState.Queued, Assert.Single(notices[0].Started).Created.State);
        Assert.Equal(("a", true, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)), Assert.Single(notices[1].Steps));
        Assert.Equal((RunStatus.Completed, TimeSpan.FromSeconds(5)), (notices[^1].EndedAs, notices[^1].Took));
        Assert.Equal(4, notices.Count);
    }
}
