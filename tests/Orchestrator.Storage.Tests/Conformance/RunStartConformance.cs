using System.Globalization;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>How runs are started, repeated, listed and forgotten.</summary>
public abstract class RunStartConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    private static readonly RetentionPeriods Periods =
        new(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1)) { Runs = TimeSpan.FromDays(1) };

    [StoreFact]
    public async Task Start_SameKeyAgain_AnswersTheSameRun()
    {
        var run = NewRun(await DefineAsync(Chain)) with { Idempotency = new IdempotencyKey("key", Json("a body")) };
        var id = await StartAsync(run);

        Assert.Equal(new StartRunResult.Replayed(id), await TryStartAsync(run with { Id = TaskIds.Next() }));
        Assert.IsType<StartRunResult.IdempotencyConflict>(await TryStartAsync(run with { Idempotency = new IdempotencyKey("key", Json("another")) }));

        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Start_SameKeyTwiceInABatch_StartsOne()
    {
        var run = NewRun(await DefineAsync(Chain)) with { Idempotency = new IdempotencyKey("key", Json("a body")) };

        var results = await Store.Runs.StartAsync([run, run with { Id = TaskIds.Next() }], None);

        Assert.IsType<StartRunResult.Started>(results[0]);
        Assert.Equal(new StartRunResult.Replayed(run.Id), results[1]);
    }

    [StoreFact]
    public async Task Start_InNoWorkspace_IsRefused() =>
        Assert.IsType<StartRunResult.WorkspaceNotFound>(await TryStartAsync(NewRun(await DefineAsync(Chain)) with { Workspace = "nowhere" }));

    [StoreFact]
    public async Task Start_WithoutRoomForItsFirstSteps_LeavesNothing()
    {
        var definition = await DefineAsync("""[{"id": "a", "action": "work"}, {"id": "b", "action": "work"}]""");
        await CapAsync(2);
        await SubmitAsync(NewTasks(1));
        var run = NewRun(definition) with { Idempotency = new IdempotencyKey("key", Json("a body")) };

        Assert.IsType<SubmissionResult.PendingCapReached>(Assert.IsType<StartRunResult.Refused>(await TryStartAsync(run)).Reason);

        Assert.Null(await Store.Runs.FindAsync(run.Id, None));
        await SettleAllAsync(await TakeAsync());
        await Clock.AdvanceAsync(PendingRules.CountEvery);
        Assert.IsType<StartRunResult.Started>(await TryStartAsync(run));
    }

    [StoreFact]
    public async Task Start_OfATreeOfTooManyRuns_BeginsAFewInEachTransactionAndStopsAtTheBound()
    {
        await DefineAsync("""[{"id": "a", "approval": {"question": "?"}}]""", name: "leaf");
        await DefineAsync("""[{"id": "m", "foreach": "range(300)", "run": "acme/leaf@1"}]""", maxParallel: 300, name: "mid");
        var id = await StartAsync("""[{"id": "t", "foreach": "range(300)", "run": "acme/mid@1"}]""", maxParallel: 300);

        Assert.Equal(RunLimits.MaxSubRunsBegun, (await FindRunAsync(id)).State.InFlight);
        Assert.True(await Store.Runs.FindNextDueAsync(None) <= TimeSpan.Zero);
        var runs = await CountRunsAsync();
        while (await Store.Runs.FindNextDueAsync(None) <= TimeSpan.Zero)
        {
            await Store.Runs.LookAsync(20, None);
            var more = await CountRunsAsync();
            Assert.InRange(more, runs, runs + RunLimits.MaxSubRunsBegun + 20);
            runs = more;
        }

        // As many as the tree may have, and a place for one in each run.
        Assert.Equal(300, (await FindRunAsync(id)).State.InFlight);
        Assert.InRange(runs, RunLimits.MaxRunsOfTree, RunLimits.MaxRunsOfTree + 301);
        Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Abort(null, false), None));
        Assert.False(await Store.Runs.FindNextDueAsync(None) <= TimeSpan.Zero);
    }

    [StoreFact]
    public async Task Start_OfATreeThatFits_IsDoneInManyTransactions()
    {
        await DefineAsync("""[{"id": "x", "approval": {"question": "Good?"}}]""", name: "leaf");
        await DefineAsync("""[{"id": "m", "foreach": "${{ range(0, 40) }}", "run": "acme/leaf@1"}]""", name: "middle", maxParallel: 40);

        await StartAsync("""[{"id": "t", "foreach": "${{ range(0, 40) }}", "run": "acme/middle@1"}]""", maxParallel: 40);

        Assert.InRange(await CountRunsAsync(), RunLimits.MaxSubRunsBegun, RunLimits.MaxSubRunsBegun + 41);
        var looks = 0;
        while (await Store.Runs.LookAsync(100, None) > 0)
        {
            Assert.InRange(++looks, 0, 20);
        }

        Assert.Equal(1 + 40 + (40 * 40), await CountRunsAsync());
        Assert.Null(await Store.Runs.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task Settle_WithoutRoomForTheNextStep_DefersIt()
    {
        await CapAsync(2);
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"}, {"id": "c", "needs": ["a"], "action": "work"}]""");
        var first = await TakeOneAsync();
        await SubmitAsync(NewTasks(1));

        await SettleAllAsync([first]);
        Assert.Contains("step.deferred c", await EventsAsync(id));
        var live = await TakeAsync();
        await SettleAllAsync(live.Where(static task => task.Step is null));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.True(await Store.Runs.FindNextDueAsync(None) <= TimeSpan.Zero);
        await Store.Runs.LookAsync(10, None);
        Assert.Equal(["c"], await WorkAsync());
        await SettleAllAsync(live.Where(static task => task.Step is not null));

        await AssertRunAsync(RunStatus.Completed, id);
        Assert.Null(await Store.Runs.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task Replay_FromAStep_RepeatsItAndWhatNeedsIt()
    {
        var definition = await DefineAsync("""
            [{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work", "input": "${{ steps.a.output }}"},
             {"id": "c", "needs": ["b"], "action": "work"}]
            """);
        var earlier = await StartAsync(NewRun(definition));
        await SettleAllAsync(await TakeAsync(), static _ => Completed("5"));
        await SettleAllAsync(await TakeAsync(), static _ => Failed());

        var again = await StartAsync(NewRun(definition) with { ReplayOf = earlier, ReplayFrom = "b" });

        var task = await TakeOneAsync();
        Assert.Equal(("b", "5"), (await WorkOfAsync(task), Text(task.Input)));
        await SettleAllAsync([task]);
        await WorkAsync();
        await AssertRunAsync(RunStatus.Completed, again);
        Assert.Equal(earlier, (await FindRunAsync(again)).ReplayOf);
        Assert.Equal("5", Text(await Store.Runs.FindOutputAsync(again, "a", None)));
    }

    [StoreFact]
    public async Task Replay_WhatCannotBe_IsRefused()
    {
        var definition = await DefineAsync(Chain);
        var run = await StartAsync(NewRun(definition));

        var unknown = await TryStartAsync(NewRun(definition) with { ReplayOf = TaskIds.Next(), ReplayFrom = "a" });
        var noStep = await TryStartAsync(NewRun(definition) with { ReplayOf = run, ReplayFrom = "nothing" });
        var tooEarly = await TryStartAsync(NewRun(definition) with { ReplayOf = run, ReplayFrom = "c" });

        Assert.Null(Assert.IsType<StartRunResult.NotReplayable>(unknown).Refusal);
        Assert.True(Assert.IsType<StartRunResult.NotReplayable>(noStep).Refusal!.StepIsUnknown);
        Assert.False(Assert.IsType<StartRunResult.NotReplayable>(tooEarly).Refusal!.StepIsUnknown);
    }

    [StoreFact]
    public async Task List_ByEachFilter_FindsNewestFirst()
    {
        var chain = await DefineAsync(Chain, name: "chain");
        var one = await DefineAsync("""[{"id": "a", "action": "work"}]""", name: "one");
        var first = await StartAsync(NewRun(chain) with { Tags = ["red"] });
        var second = await StartAsync(NewRun(one));
        var workspace = (await FindRunAsync(first)).Workspace;

        Assert.Equal([second, first], await ListAsync(new RunQuery { Workspace = workspace, Limit = 10 }));
        Assert.Equal([second], await ListAsync(new RunQuery { Workspace = workspace, Limit = 1 }));
        Assert.Equal([first], await ListAsync(new RunQuery { Workspace = workspace, Limit = 10, Before = second }));
        Assert.Equal([first], await ListAsync(new RunQuery { Workspace = workspace, Limit = 10, Tag = "red" }));
        Assert.Equal([second], await ListAsync(new RunQuery { Workspace = workspace, Limit = 10, Definition = "acme/one" }));
        Assert.Equal([second], await ListAsync(new RunQuery { Workspace = workspace, Limit = 10, Definition = "acme/one@1" }));
        Assert.Equal([second, first], await ListAsync(new RunQuery { Workspace = workspace, Limit = 10, Statuses = [RunStatus.Started, RunStatus.Failed] }));
        Assert.Empty((await ListAsync(new RunQuery { Workspace = workspace, Limit = 10, Statuses = [RunStatus.Completed] }))!);
        Assert.Null(await ListAsync(new RunQuery { Workspace = "nowhere", Limit = 10 }));
    }

    [StoreFact]
    public async Task Purge_EndedRun_LeavesNothingOfIt()
    {
        var live = await StartAsync(Chain);
        var steps = await TakeStepsAsync();
        var id = await StartAsync("""[{"id": "a", "action": "work", "cache": {"ttlSeconds": 60}}]""");
        await WorkAsync();

        await Clock.AdvanceAsync(TimeSpan.FromDays(2));
        while (await Store.Retention.PurgeAsync(Periods, 10, None) > 0)
        {
        }

        Assert.Null(await Store.Runs.FindAsync(id, None));
        Assert.Empty(await Store.Runs.ListEventsAsync(id, 0, 10, None));
        Assert.Null(await Store.Runs.FindOutputAsync(id, "a", None));
        Assert.Empty(await Test.QuerySqlAsync("select hash from step_cache"));
        Assert.NotNull(await Store.Runs.FindAsync(live, None));
        Assert.Single(steps);
    }

    [StoreFact]
    public async Task Delete_WorkspaceWithAStartedRun_IsRefused()
    {
        await CreateWorkspaceAsync("other");
        var id = await StartAsync(NewRun(await DefineAsync("""[{"id": "a", "approval": {"question": "Go on?"}}]""")) with { Workspace = "other" });

        Assert.Equal(WorkspaceDeletion.HasLiveTasks, await Store.Workspaces.DeleteAsync("other", None));
        await Store.Runs.ChangeAsync(id, new RunEvent.Abort(null, false), None);

        Assert.Equal(WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync("other", None));
        Assert.Null(await Store.Runs.FindAsync(id, None));
        Assert.Empty(await Test.QuerySqlAsync("select type from run_events"));
    }

    private async Task<int> CountRunsAsync() =>
        int.Parse(Assert.Single(await Test.QuerySqlAsync("select cast(count(*) as text) from runs")), CultureInfo.InvariantCulture);

    private async Task<IEnumerable<Guid>?> ListAsync(RunQuery query) => (await Store.Runs.ListAsync(query, None))?.Select(run => run.Id);

    private async Task CapAsync(int cap) =>
        await Store.Workspaces.UpdateAsync(Default, workspace => workspace with { Fuses = new FuseSettings { PendingTotal = cap } }, None);
}
