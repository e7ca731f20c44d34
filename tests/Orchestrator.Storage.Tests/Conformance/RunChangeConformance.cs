using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Runs;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What people and the time do to runs, sub-runs and the cache of steps.</summary>
public abstract class RunChangeConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    [StoreFact]
    public async Task Abort_WithTasksUnderWay_CancelsThem()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "action": "work"}]""");
        var task = await TakeOneAsync();

        var aborted = Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Abort("enough", false), None));

        Assert.Equal(RunStatus.Aborted, aborted.Run.State.Status);
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(task, Completed()));
        Assert.Equal(TaskState.Cancelled, await StateAsync(task.Lease.TaskId));
        Assert.Empty(await TakeAsync());
        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Abort(null, false), None));
        Assert.Null(await Store.Runs.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task Look_AfterAProcessDiedBeforeItCancelled_Cancels()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();
        var state = await Test.QuerySqlAsync("select status from tasks");
        await Store.Runs.ChangeAsync(id, new RunEvent.Abort(null, false), None);
        Assert.Single(state);

        // As if nobody had cancelled it.
        await Test.ExecuteSqlAsync("update runs set abandons = true");
        await Store.Runs.LookAsync(10, None);

        Assert.Equal(TaskState.Cancelled, await StateAsync(task.Lease.TaskId));
        Assert.Equal(0, await Store.Runs.LookAsync(10, None));
    }

    [StoreFact]
    public async Task Change_UnknownRunOrStep_IsNotFound()
    {
        var id = await StartAsync(Chain);

        Assert.IsType<RunChangeResult.NotFound>(await Store.Runs.ChangeAsync(TaskIds.Next(), new RunEvent.Abort(null, false), None));
        var refused = Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Retry("nothing", default, null), None));
        Assert.True(refused.Reason.StepIsUnknown);
    }

    [StoreFact]
    public async Task Retry_FailedStep_GoesOnWithTheRun()
    {
        var id = await StartAsync(Chain);
        await SettleAllAsync(await TakeAsync(), static _ => Failed());
        await AssertRunAsync(RunStatus.Failed, id);

        Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Retry("a", TimeSpan.Zero, Json("3")), None));

        var task = await TakeOneAsync();
        Assert.Equal(("a#2", "3"), (await WorkOfAsync(task), Text(task.Input)));
        await SettleAllAsync([task]);
        await WorkAsync();
        await AssertRunAsync(RunStatus.Completed, id);
    }

    [StoreFact]
    public async Task Skip_StepUnderWay_CancelsItAndGoesOn()
    {
        var id = await StartAsync(Chain);
        var task = await TakeOneAsync();

        Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Skip("a", Json("9")), None));

        Assert.Equal(TaskState.Cancelled, await StateAsync(task.Lease.TaskId));
        Assert.Equal("9", Text(await Store.Runs.FindOutputAsync(id, "a", None)));
        Assert.Equal(["b", "c"], await WorkAsync());
        await AssertRunAsync(RunStatus.Completed, id);
    }

    [StoreFact]
    public async Task Skip_StepUnderWay_KeepsItsRoomUntilItsTaskHasEnded()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work"}, {"id": "b", "action": "work"}]""", maxParallel: 1);
        var task = await TakeOneAsync();

        var changed = Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Skip("a", Json("9")), None));

        Assert.Equal(1, changed.Run.State.InFlight);
        Assert.Equal(StepStatus.Pending, changed.Run.State.Steps[1].Status);
        Assert.Equal(TaskState.Cancelled, await StateAsync(task.Lease.TaskId));
        Assert.Equal(["b"], await WorkAsync());
        await AssertRunAsync(RunStatus.Completed, id);
    }

    [StoreFact]
    public async Task Skip_InASubRunThatHasNotBegun_IsRefusedAndItBeginsInItsTime()
    {
        await DefineAsync("""[{"id": "x", "action": "work"}, {"id": "y", "needs": ["x"], "action": "work"}]""", name: "child");
        var id = await StartAsync("""[{"id": "sub", "run": "acme/child@1"}]""");
        await SettleAllAsync(await TakeAsync(), static _ => Failed());
        await Store.Runs.ChangeAsync(id, new RunEvent.Retry("sub", TimeSpan.FromSeconds(5), null), None);
        var child = (await Store.Runs.ListWorkAsync(id, None)).Single(static work => work.Work == "sub#2").RunId!.Value;

        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(child, new RunEvent.Skip("x", Json("1")), None));

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await Store.Runs.LookAsync(10, None));
        Assert.Equal(["x", "y"], await WorkAsync());
        await AssertRunAsync(RunStatus.Completed, id);
    }

    [StoreFact]
    public async Task Decide_StepThatWaits_GoesOn()
    {
        var id = await StartAsync("""[{"id": "a", "action": "work", "approval": {"question": "Good?"}}, {"id": "b", "needs": ["a"], "action": "work"}]""");
        await WorkAsync();
        Assert.Equal(StepStatus.Waiting, await StepAsync(id, "a"));

        Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Decided("a", RunDecision.Continue, null, null), None));

        Assert.Equal(["b"], await WorkAsync());
        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(id, new RunEvent.Decided("a", RunDecision.Continue, null, null), None));
    }

    [StoreFact]
    public async Task Look_QuestionThatNobodyAnswered_EndsInItsTime()
    {
        var id = await StartAsync("""[{"id": "a", "approval": {"question": "Good?", "timeoutMs": 60000}}]""");
        Assert.Equal(0, await Store.Runs.LookAsync(10, None));
        Assert.Equal(TimeSpan.FromMinutes(1), await Store.Runs.FindNextDueAsync(None));

        await Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Store.Runs.LookAsync(10, None));

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(ErrorCodes.Rejected, (await FindRunAsync(id)).State.Error!.Code);
    }

    [StoreFact]
    public async Task Look_RunThatTakesTooLong_FailsAndCancels()
    {
        var id = await StartAsync(NewRun(await DefineAsync(Chain, timeoutMs: 1_000)));
        var task = await TakeOneAsync();

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.True(await Store.Runs.LookAsync(10, None) > 0);

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(ErrorCodes.DeadlineExceeded, (await FindRunAsync(id)).State.Error!.Code);
        Assert.Equal(TaskState.Cancelled, await StateAsync(task.Lease.TaskId));
    }

    [StoreFact]
    public async Task SubRun_Completed_IsTheOutputOfItsStep()
    {
        await DefineAsync("""[{"id": "x", "action": "work", "input": "${{ run.input }}"}, {"id": "y", "needs": ["x"], "action": "work"}]""", name: "child", output: "\"${{ steps.x.output }}\"");
        var id = await StartAsync("""[{"id": "sub", "run": "acme/child@1", "input": 4}, {"id": "after", "needs": ["sub"], "action": "work", "input": "${{ steps.sub.output }}"}]""");

        Assert.Equal(["x", "y"], [.. (await WorkUntilAsync("after"))]);

        await WorkAsync();
        await AssertRunAsync(RunStatus.Completed, id);
        var child = Assert.Single(await Store.Runs.ListAsync(new RunQuery { Workspace = (await FindRunAsync(id)).Workspace, ParentRunId = id, Limit = 10 }, None) ?? []);
        Assert.Equal((id, "sub", RunStatus.Completed), (child.ParentRunId!.Value, child.ParentStep, child.State.Status));
        Assert.Equal([new("sub", null, child.Id), new("after", (await Store.Runs.ListWorkAsync(id, None))[1].TaskId, null)], await Store.Runs.ListWorkAsync(id, None));
    }

    [StoreFact]
    public async Task SubRun_Failed_FailsItsStepAndIsRetriedThere()
    {
        await DefineAsync("""[{"id": "x", "action": "work"}]""", name: "child");
        var id = await StartAsync("""[{"id": "sub", "run": "acme/child@1"}]""");
        await SettleAllAsync(await TakeAsync(), static _ => Failed());
        await AssertRunAsync(RunStatus.Failed, id);
        var child = (await Store.Runs.ListWorkAsync(id, None))[0].RunId!.Value;

        Assert.IsType<RunChangeResult.Refused>(await Store.Runs.ChangeAsync(child, new RunEvent.Retry("x", default, null), None));
        Assert.IsType<RunChangeResult.Changed>(await Store.Runs.ChangeAsync(id, new RunEvent.Retry("sub", TimeSpan.FromSeconds(5), null), None));

        Assert.Empty(await TakeAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await Store.Runs.LookAsync(10, None));
        await WorkAsync();
        await AssertRunAsync(RunStatus.Completed, id);
    }

    [StoreFact]
    public async Task Abort_RunWithSubRuns_AbortsThemAll()
    {
        await DefineAsync("""[{"id": "x", "action": "work"}]""", name: "leaf");
        await DefineAsync("""[{"id": "m", "run": "acme/leaf@1"}]""", name: "middle");
        var id = await StartAsync("""[{"id": "sub", "run": "acme/middle@1"}]""");
        var task = await TakeOneAsync();

        await Store.Runs.ChangeAsync(id, new RunEvent.Abort(null, false), None);

        Assert.Equal(TaskState.Cancelled, await StateAsync(task.Lease.TaskId));
        Assert.Equal(["aborted", "aborted", "aborted"], await Test.QuerySqlAsync("select status from runs"));
    }

    [StoreFact]
    public async Task SubRun_TooDeep_FailsWhereItIsTooDeep()
    {
        await DefineAsync("""[{"id": "x", "action": "work"}]""", name: "deep-0");
        for (var depth = 1; depth <= 10; depth++)
        {
            await DefineAsync($$"""[{"id": "x", "run": "acme/deep-{{depth - 1}}@1"}]""", name: $"deep-{depth}");
        }

        var id = await StartAsync("""[{"id": "x", "run": "acme/deep-10@1"}]""");

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal("9", Assert.Single(await Test.QuerySqlAsync("select cast(count(*) as text) from runs")));
    }

    [StoreFact]
    public async Task Cache_EqualInput_IsAnsweredWithoutATask()
    {
        var definition = await DefineAsync("""[{"id": "a", "action": "work", "input": "${{ run.input }}", "cache": {"ttlSeconds": 60}}]""");
        await StartAsync(NewRun(definition, "1"));
        await WorkAsync(static _ => Completed("\"known\""));

        var same = await StartAsync(NewRun(definition, "1"));
        await AssertRunAsync(RunStatus.Completed, same);
        Assert.Equal("""{"a":"known"}""", Text((await FindRunAsync(same)).Output));
        var other = await StartAsync(NewRun(definition, "2"));
        await AssertRunAsync(RunStatus.Started, other);
        await WorkAsync();

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(61));
        await AssertRunAsync(RunStatus.Started, await StartAsync(NewRun(definition, "1")));
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Cache_MembersInAnotherOrder_IsTheSameInput()
    {
        var definition = await DefineAsync("""[{"id": "a", "action": "work", "input": "${{ run.input }}", "cache": {"ttlSeconds": 60}}]""");
        await StartAsync(NewRun(definition, """{"x": [1, {"p": 1, "q": 2}], "y": 2}"""));
        await WorkAsync();

        await AssertRunAsync(RunStatus.Completed, await StartAsync(NewRun(definition, """{"y":2,"x":[1,{"q":2,"p":1}]}""")));
        await AssertRunAsync(RunStatus.Started, await StartAsync(NewRun(definition, """{"y":2,"x":[{"q":2,"p":1},1]}""")));
    }

    [StoreFact]
    public async Task Cache_EqualInputInTheTransactionThatEndsIt_IsAnsweredWithoutATask()
    {
        var id = await StartAsync("""
            [{"id": "a", "action": "work", "input": 1, "cache": {"ttlSeconds": 60}}, {"id": "b", "needs": ["a"], "action": "work", "input": 1, "cache": {"ttlSeconds": 60}}]
            """);
        Assert.Equal(["a"], await WorkAsync());
        await AssertRunAsync(RunStatus.Completed, id);
    }

    /// <summary>Works until this step is ready; answers those before it.</summary>
    private async Task<List<string>> WorkUntilAsync(string step)
    {
        var done = new List<string>();
        while (true)
        {
            var (work, task) = Assert.Single(await TakeStepsAsync());
            if (work == step)
            {
                Assert.Equal("4", Text(task.Input));
                await SettleAllAsync([task]);
                return done;
            }

            done.Add(work);
            await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
            await SettleAllAsync([task], task => Completed(Text(task.Input)));
        }
    }
}
