using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class ReaderConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Read_UnknownTask_IsNull()
    {
        Assert.Null(await Store.Tasks.FindAsync(Guid.NewGuid(), None));
        Assert.Null(await Store.Tasks.FindInputAsync(Guid.NewGuid(), None));
        Assert.Null(await Store.Tasks.ReadHistoryAsync(Guid.NewGuid(), 0, 10, None));
        Assert.Null(await Store.Tasks.FindQueuePositionAsync(Guid.NewGuid(), None));
    }

    [StoreFact]
    public async Task Find_EveryField_ComesBackAsSubmittedLiveAndEnded()
    {
        var parent = await SubmitOneAsync(NewTask("parent"));
        var redriven = await SubmitEndedAsync(Failed());
        var dependency = await SubmitEndedAsync(Completed());
        var task = new NewTask
        {
            Id = TaskIds.Next(),
            Action = Action,
            Name = "Näme \"quoted\"",
            Description = "line\nline \u2603 \U0001F600",
            OwnerId = "owner@example",
            Tags = ["b", "a", "with \"quote\", comma"],
            Score = 777,
            MaxAttempts = 9,
            TimeoutMs = 4321,
            DeadlineAt = Clock.Now.AddHours(5),
            RunAt = Clock.Now.AddMilliseconds(-1),
            ParentId = parent,
            RedriveOf = redriven,
            DependsOn = [dependency],
            OnDependencyFailure = DependencyFailureAction.Run,
            Resources = new Dictionary<string, int> { ["google_search_api"] = 1, ["db"] = 20 },
            Skills = ["italian", "law"],
        };
        await Store.Resources.PutAsync("google_search_api", new ResourceBounds.Bucket(100, 1), None);
        await Store.Resources.PutAsync("db", new ResourceBounds.Semaphore(20), None);
        await SubmitAsync(task);

        AssertFields(task, await FindAsync(task.Id), TaskState.Queued);

        var turn = await TurnAsync(1, new ActionCapacity(Action, 1) { Lanes = [Action + "+italian+law"] });
        await SettleAsync(Assert.Single(turn.Tasks), Completed());
        AssertFields(task, await FindAsync(task.Id), TaskState.Completed);
    }

    [StoreFact]
    public async Task Find_DefaultFields_ComeBackEmpty()
    {
        var record = await FindAsync(await SubmitOneAsync());

        Assert.Null(record.Name);
        Assert.Null(record.ParentId);
        Assert.Null(record.DeadlineAt);
        Assert.Null(record.RunAt);
        Assert.Null(record.StartedAt);
        Assert.Null(record.FinishedAt);
        Assert.Null(record.Result);
        Assert.Null(record.Error);
        Assert.Null(record.Usage);
        Assert.Null(record.WaitingFor);
        Assert.Empty(record.Tags);
        Assert.Empty(record.DependsOn);
        Assert.Empty(record.Resources);
        Assert.Empty(record.Skills);
        Assert.Equal(0, record.Attempt);
    }

    [StoreFact]
    public async Task FindInput_AnyBytes_ComeBackByteForByteLiveAndEnded()
    {
        var text = "{ \"a\" :\t1e2, \"a\u2603\":[ ], \"big\":\"" + new string('x', TaskLimits.MaxInputBytes - 100) + "\" }\n";
        var id = await SubmitOneAsync(NewTask() with { Input = Json(text) });

        Assert.Equal(text, Text(await Store.Tasks.FindInputAsync(id, None)));

        var claimed = await TakeOneAsync();
        Assert.Equal(text, Text(claimed.Input));
        await SettleAsync(claimed, Completed(text));
        Assert.Equal(text, Text(await Store.Tasks.FindInputAsync(id, None)));
        Assert.Equal(text, Text((await FindAsync(id)).Result));
    }

    [StoreFact]
    public async Task List_UnknownWorkspace_IsNull() => Assert.Null(await Store.Tasks.ListAsync(new TaskQuery("nowhere", 10), None));

    [StoreFact]
    public async Task List_LiveAndEnded_IsNewestFirstInPagesWithoutResults()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));
            ids.Add(i % 2 == 0 ? await SubmitEndedAsync(Completed()) : await SubmitOneAsync(NewTask("other")));
        }

        var seen = new List<TaskRecord>();
        while (await ListAsync(new TaskQuery(Default, 3) { Before = seen.Count == 0 ? null : seen[^1].Id }) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 3);
            seen.AddRange(page);
        }

        Assert.Equal(Enumerable.Reverse(ids), seen.Select(task => task.Id));
        Assert.All(seen, task => Assert.Null(task.Result));
    }

    [StoreFact]
    public async Task List_OfAllWorkspaces_AnswersTheTasksOfEachThatFit()
    {
        await CreateWorkspaceAsync("other");
        var ended = await SubmitEndedAsync(Completed(), NewTask() with { Tags = ["x"] });
        var middle = Clock.Now;
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var parent = await SubmitOneAsync(NewTask("special") with { Tags = ["x"] });
        var child = await SubmitOneAsync(NewTask() with { ParentId = parent });
        var other = Assert.Single(await SubmitToAsync("other", NewTask() with { Tags = ["x"] })).Id;

        Assert.Equal([other, child, parent, ended], await IdsAsync(new TaskQuery(null, 10)));
        Assert.Equal([child], await IdsAsync(new TaskQuery(null, 1) { Before = other }));
        Assert.Equal([other, parent, ended], await IdsAsync(new TaskQuery(null, 10) { Tag = "x" }));
        Assert.Equal([ended], await IdsAsync(new TaskQuery(null, 10) { State = TaskState.Completed, Tag = "x" }));
        Assert.Empty(await IdsAsync(new TaskQuery(null, 10) { State = TaskState.Completed, Before = ended }));
        Assert.Empty(await IdsAsync(new TaskQuery(null, 10) { State = TaskState.Failed }));
        Assert.Equal([other, parent], await IdsAsync(new TaskQuery(null, 10) { State = TaskState.Queued, Tag = "x" }));
        Assert.Equal([child, parent], await IdsAsync(new TaskQuery(null, 10) { State = TaskState.Queued, Before = other }));
        foreach (var state in new TaskState?[] { null, TaskState.Queued })
        {
            Assert.Equal([parent], await IdsAsync(new TaskQuery(null, 10) { State = state, Action = "special" }));
            Assert.Equal([child], await IdsAsync(new TaskQuery(null, 10) { State = state, ParentId = parent }));
            Assert.Equal([other, child, parent], await IdsAsync(new TaskQuery(null, 10) { State = state, CreatedAfter = middle }));
        }
    }

    [StoreFact]
    public async Task List_EachFilter_AnswersExactlyItsTasks()
    {
        await CreateWorkspaceAsync("other");
        await SubmitToAsync("other", NewTask("elsewhere") with { Tags = ["x"] });
        var ended = await SubmitEndedAsync(Completed(), NewTask() with { Tags = ["x", "y"] });
        var middle = Clock.Now;
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var parent = await SubmitOneAsync(NewTask("special") with { Tags = ["y"] });
        var child = await SubmitOneAsync(NewTask() with { ParentId = parent, Tags = ["x%", "_"] });

        Assert.Equal([child, parent, ended], await IdsAsync(new TaskQuery(Default, 10)));
        Assert.Equal([ended], await IdsAsync(new TaskQuery(Default, 10) { State = TaskState.Completed }));
        Assert.Equal([child, parent], await IdsAsync(new TaskQuery(Default, 10) { State = TaskState.Queued }));
        Assert.Equal([parent], await IdsAsync(new TaskQuery(Default, 10) { Action = "special" }));
        Assert.Equal([ended], await IdsAsync(new TaskQuery(Default, 10) { Tag = "x" }));
        Assert.Equal([parent, ended], await IdsAsync(new TaskQuery(Default, 10) { Tag = "y" }));
        Assert.Equal([child], await IdsAsync(new TaskQuery(Default, 10) { Tag = "_" }));
        Assert.Equal([child], await IdsAsync(new TaskQuery(Default, 10) { Tag = "x%" }));
        Assert.Equal([child], await IdsAsync(new TaskQuery(Default, 10) { ParentId = parent }));
        Assert.Equal([child, parent], await IdsAsync(new TaskQuery(Default, 10) { CreatedAfter = middle }));
        Assert.Empty(await IdsAsync(new TaskQuery(Default, 10) { State = TaskState.Queued, Tag = "x" }));
    }

    [StoreFact]
    public async Task ReadHistory_InParts_IsContiguousAndKnowsItsEnd()
    {
        var id = await SubmitOneAsync();
        var live = (await Store.Tasks.ReadHistoryAsync(id, 0, 1, None))!;
        Assert.Equal([1], live.Events.Select(entry => entry.Seq));
        Assert.Equal(2, live.LastSeq);
        Assert.False(live.Ended);

        await SettleAsync(await TakeOneAsync(), Completed());

        var rest = (await Store.Tasks.ReadHistoryAsync(id, 1, 100, None))!;
        Assert.Equal([2, 3, 4], rest.Events.Select(entry => entry.Seq));
        Assert.Equal(4, rest.LastSeq);
        Assert.True(rest.Ended);
        var nothing = (await Store.Tasks.ReadHistoryAsync(id, 4, 100, None))!;
        Assert.Empty(nothing.Events);
        Assert.Equal(4, nothing.LastSeq);
    }

    [StoreFact]
    public async Task FindEnded_LiveEndedAndUnknown_AnswersThoseWithoutAFuture()
    {
        var live = await SubmitOneAsync(NewTask("other"));
        var ended = await SubmitEndedAsync(Completed());
        var cancelled = await SubmitCancelledAsync();
        var gone = Guid.NewGuid();

        var found = await Store.Tasks.FindEndedAsync([live, ended, cancelled, gone], None);

        Assert.Equal(new[] { ended, cancelled, gone }.Order(), found.Order());
        Assert.Empty(await Store.Tasks.FindEndedAsync([], None));
    }

    [StoreFact]
    public async Task FindQueuePosition_ReadyTasks_CountsThoseBeforeIt()
    {
        var ids = (await SubmitAsync(NewTask() with { Score = 100 }, NewTask() with { Score = 900 }, NewTask() with { Score = 500 })).Select(task => task.Id).ToList();
        await CreateWorkspaceAsync("other");
        await SubmitToAsync("other", NewTask() with { Score = 1000 });
        var scheduled = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddHours(1) });

        Assert.Equal(2, await Store.Tasks.FindQueuePositionAsync(ids[0], None));
        Assert.Equal(0, await Store.Tasks.FindQueuePositionAsync(ids[1], None));
        Assert.Equal(1, await Store.Tasks.FindQueuePositionAsync(ids[2], None));
        Assert.Null(await Store.Tasks.FindQueuePositionAsync(scheduled, None));
    }

    [StoreFact]
    public async Task FindQueuePosition_RunningOrEnded_IsNull()
    {
        var ended = await SubmitEndedAsync(Completed());
        var running = await SubmitOneAsync();
        await TakeOneAsync();

        Assert.Null(await Store.Tasks.FindQueuePositionAsync(ended, None));
        Assert.Null(await Store.Tasks.FindQueuePositionAsync(running, None));
    }

    [StoreFact]
    public async Task Count_SeveralStates_CountsOneWorkspaceOrAll()
    {
        await CreateWorkspaceAsync("other");
        await SubmitToAsync("other", NewTasks(2, "unserved"));
        await SubmitEndedAsync(Completed());
        await SubmitEndedAsync(Failed());
        await SubmitCancelledAsync();
        await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddHours(1) });
        var running = await SubmitOneAsync();
        await TakeOneAsync();
        await SubmitOneAsync(NewTask() with { DependsOn = [running] });

        var own = await Store.Tasks.CountAsync(Default, None);
        var all = await Store.Tasks.CountAsync(null, None);

        Assert.Equal(0, own[TaskState.Queued]);
        foreach (var state in new[] { TaskState.Completed, TaskState.Failed, TaskState.Cancelled, TaskState.Scheduled, TaskState.Processing, TaskState.Blocked })
        {
            Assert.Equal(1, own[state]);
            Assert.Equal(1, all[state]);
        }

        Assert.Equal(2, all[TaskState.Queued]);
    }

    private async Task<IReadOnlyList<TaskRecord>> ListAsync(TaskQuery query) => (await Store.Tasks.ListAsync(query, None))!;

    private async Task<IEnumerable<Guid>> IdsAsync(TaskQuery query) => (await ListAsync(query)).Select(task => task.Id);

    private void AssertFields(NewTask task, TaskRecord record, TaskState state)
    {
        Assert.Equal(Default, record.Workspace);
        Assert.Equal(state, record.State);
        Assert.Equal(task.Action, record.Action);
        Assert.Equal(task.Name, record.Name);
        Assert.Equal(task.Description, record.Description);
        Assert.Equal(task.OwnerId, record.OwnerId);
        Assert.Equal(task.Tags, record.Tags);
        Assert.Equal((task.Score, task.Score, ScoreSource.Heuristic), (record.Priority, record.Score, record.ScoreSource));
        Assert.Equal(task.MaxAttempts, record.MaxAttempts);
        Assert.Equal(task.TimeoutMs, record.TimeoutMs);
        Assert.Equal(task.DeadlineAt, record.DeadlineAt);
        Assert.Equal(task.RunAt, record.RunAt);
        Assert.Equal(task.ParentId, record.ParentId);
        Assert.Equal(1, record.DelegationDepth);
        Assert.Equal(task.RedriveOf, record.RedriveOf);
        Assert.Equal(task.DependsOn, record.DependsOn);
        Assert.Equal(task.OnDependencyFailure, record.OnDependencyFailure);
        Assert.Equal(task.Resources.OrderBy(need => need.Key), record.Resources.OrderBy(need => need.Key));
        Assert.Equal(task.Skills, record.Skills);
        Assert.Equal(Clock.Now, record.CreatedAt);
    }
}
