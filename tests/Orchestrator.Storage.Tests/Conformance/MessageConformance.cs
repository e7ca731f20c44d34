using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Messages reach the attempts of a task in order, and each is consumed once, together with the checkpoint that took it in.</summary>
public abstract class MessageConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [StoreFact]
    public async Task Append_ToALiveTask_IsReadInOrderAndToldInItsHistory()
    {
        var id = await SubmitOneAsync();

        await AppendAsync(id, "one", "two");
        await TakeOneAsync();
        await AppendAsync(id, "three");

        Assert.Equal([(1, "user", "one"), (2, "user", "two"), (3, "user", "three")], await ListAsync(id));
        Assert.Equal(["submitted", "queued", "message", "message", "processing", "message"], await HistoryAsync(id));
        var told = (await Store.Tasks.ReadHistoryAsync(id, 0, 10, None))!.Events.Where(entry => entry.Type == "message").Select(entry => entry.Data);
        Assert.Equal("""{"number":1,"role":"user","content":"one"}""", told.First());
    }

    [StoreFact]
    public async Task Append_ToATaskThatIsGoneOrHasEnded_IsRefused()
    {
        Assert.IsType<MessageResult.NotFound>(await TryAppendAsync(TaskIds.Next(), "hello"));
        var ended = await SubmitEndedAsync(Completed());
        Assert.Equal(new MessageResult.TaskEnded(TaskState.Completed), await TryAppendAsync(ended, "hello"));
    }

    [StoreFact]
    public async Task Append_MoreThanMayWait_IsRefusedUntilSomeAreConsumed()
    {
        var id = await SubmitOneAsync();
        var claim = await TakeOneAsync();
        var hundred = Enumerable.Range(0, TaskLimits.MaxMessages).Select(number => $"{number}").ToArray();
        for (var sent = 0; sent < TaskLimits.MaxUnconsumedMessages; sent += hundred.Length)
        {
            await AppendAsync(id, hundred);
        }

        Assert.Equal(new MessageResult.Full(TaskLimits.MaxUnconsumedMessages), await TryAppendAsync(id, "one more"));
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), 1, null, None));
        await AppendAsync(id, "one more");
        Assert.IsType<MessageResult.Full>(await TryAppendAsync(id, "and another"));
    }

    [StoreFact]
    public async Task Append_TwiceUnderOneKey_IsStoredOnce()
    {
        var (id, other) = (await SubmitOneAsync(), await SubmitOneAsync());
        var key = new IdempotencyKey("k", new byte[] { 1 });

        Assert.IsType<MessageResult.Accepted>(await Store.Steering.AppendAsync(id, [new("user", "once")], key, None));
        Assert.IsType<MessageResult.Accepted>(await Store.Steering.AppendAsync(id, [new("user", "once")], key, None));
        Assert.IsType<MessageResult.IdempotencyConflict>(
            await Store.Steering.AppendAsync(other, [new("user", "once")], key with { BodyHash = new byte[] { 2 } }, None));

        Assert.Single(await ListAsync(id));
        Assert.Empty(await ListAsync(other));
        await Store.Control.CancelAsync(id, None);
        Assert.IsType<MessageResult.Accepted>(await Store.Steering.AppendAsync(id, [new("user", "once")], key, None));
    }

    [StoreFact]
    public async Task Append_ByManyAtOnce_NumbersThemWithoutGaps()
    {
        var id = await SubmitOneAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => AppendAsync(id, $"{number}a", $"{number}b")));

        var messages = await ListAsync(id);
        Assert.Equal(Enumerable.Range(1, 40), messages.Select(message => message.Number));
        Assert.All(messages.Chunk(2), pair => Assert.Equal(pair[0].Content[..^1] + "b", pair[1].Content));
    }

    [StoreFact]
    public async Task Save_UnderTheLease_GivesTheNextAttemptTheCheckpointAndTheRest()
    {
        var id = await SubmitOneAsync();
        var claim = await TakeOneAsync();
        await AppendAsync(id, "one", "two", "three");

        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("""{"turn":1}"""), 2, null, None));
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("""{"turn":1}"""), 2, null, None));
        await SettleAsync(claim, Retried());

        var again = await TakeOneAsync();
        Assert.Equal("""{"turn":1}""", Text(again.Checkpoint));
        Assert.Equal([(3, "user", "three")], await ListAsync(id));
    }

    [StoreFact]
    public async Task Save_WithALostLease_WritesNothing()
    {
        var id = await SubmitOneAsync();
        var lost = await TakeOneAsync();
        await AppendAsync(id, "one");
        await Clock.AdvanceAsync(Lease);
        Assert.False(await Store.Steering.SaveAsync(lost.Lease, Json("1"), 1, null, None));
        await SettleAsync(lost, Retried(), ofExpiredLease: true);

        var again = await TakeOneAsync();
        Assert.False(await Store.Steering.SaveAsync(lost.Lease, Json("1"), 1, null, None));
        Assert.Null(again.Checkpoint);
        Assert.Single(await ListAsync(id));
        Assert.True(await Store.Steering.SaveAsync(again.Lease, Json("2"), 1, null, None));
        Assert.False(await Store.Steering.SaveAsync(lost.Lease, Json("1"), 1, null, None));
        Assert.Empty(await ListAsync(id));
        await SettleAsync(again, Completed());
        Assert.False(await Store.Steering.SaveAsync(again.Lease, Json("3"), 1, null, None));
    }

    [StoreFact]
    public async Task Save_WithUsage_IsKeptOnceWhateverBecomesOfTheAttempt()
    {
        var id = await SubmitOneAsync();
        var claim = await TakeOneAsync();
        var used = new TaskUsage(1, 2, 3, 4, 0.5m);

        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), 0, used, None));
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), 0, used, None));
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("2"), 0, null, None));
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("3"), 0, used, None));
        await Clock.AdvanceAsync(Lease);
        Assert.False(await Store.Steering.SaveAsync(claim.Lease, Json("4"), 0, used, None));
        Assert.Equal(used.Plus(used), (await FindAsync(id)).Usage);

        await Store.Control.CancelAsync(id, None);
        Assert.Equal(used.Plus(used), (await FindAsync(id)).Usage);
    }

    [StoreFact]
    public async Task Save_WhileMessagesCome_ConsumesOnlyWhatWasRead()
    {
        const int Rounds = 30;
        var id = await SubmitOneAsync();
        var claim = await TakeOneAsync();
        var sending = Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await AppendAsync(id, $"{round}");
            }
        });
        var read = new List<string>();
        while (read.Count < Rounds)
        {
            var messages = await ListAsync(id);
            if (messages.Count > 0)
            {
                read.AddRange(messages.Select(message => message.Content));
                Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), messages[^1].Number, null, None));
            }
        }

        await sending;
        Assert.Equal(Enumerable.Range(0, Rounds).Select(round => $"{round}"), read);
        Assert.Empty(await ListAsync(id));
    }

    [StoreFact]
    public async Task Complete_WithAMessageThatWasNotHeard_WritesNothing()
    {
        var id = await SubmitOneAsync();
        var claim = await TakeOneAsync();
        await AppendAsync(id, "one", "two");
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), 1, null, None));
        var end = new AttemptOutcome.Completed(Json("2"));

        Assert.Equal(SettlementResult.Unheard, await SettleAsync(claim, end with { HeardThrough = 1 }));
        Assert.Equal(TaskState.Processing, (await Store.Tasks.FindAsync(id, None))!.State);
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claim, end with { HeardThrough = 2 }));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claim, end with { HeardThrough = 2 }));

        var ended = (await Store.Tasks.FindAsync(id, None))!;
        Assert.Equal((TaskState.Completed, "2"), (ended.State, Text(ended.Result)));
    }

    [StoreFact]
    public async Task Complete_OneOfABatchHasNotHeard_EndsTheOthers()
    {
        var (deaf, plain) = (await SubmitOneAsync(), await SubmitOneAsync());
        var claims = new[] { await TakeOneAsync(), await TakeOneAsync() }.ToDictionary(claim => claim.Lease.TaskId);
        await AppendAsync(deaf, "one");

        var results = await Store.Leases.SettleAsync(
            [Settlement(claims[deaf], new AttemptOutcome.Completed(Json("1")) { HeardThrough = 0 }), Settlement(claims[plain], Completed())], None);

        Assert.Equal([SettlementResult.Unheard, SettlementResult.Accepted], results);
        Assert.Equal((TaskState.Processing, TaskState.Completed), ((await Store.Tasks.FindAsync(deaf, None))!.State, (await Store.Tasks.FindAsync(plain, None))!.State));
    }

    [StoreFact]
    public async Task Purge_OfTheTask_RemovesItsMessages()
    {
        var id = await SubmitOneAsync();
        await AppendAsync(id, "one");
        await Store.Control.CancelAsync(id, None);
        await ResolveAsync();
        Assert.Single(await ListAsync(id));
        await Clock.AdvanceAsync(Day);

        await Store.Retention.PurgeAsync(new RetentionPeriods(Day, Day, Day, Day), 100, None);

        Assert.Empty(await ListAsync(id));
    }

    [StoreFact]
    public async Task Delete_OfTheWorkspace_RemovesMessages()
    {
        await CreateWorkspaceAsync("other");
        var id = Assert.Single(await SubmitToAsync("other", NewTask())).Id;
        await AppendAsync(id, "one");
        Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(id, None));

        await Store.Workspaces.DeleteAsync("other", None);

        Assert.Empty(await ListAsync(id));
    }

    private Task<MessageResult> TryAppendAsync(Guid id, params string[] contents) =>
        Store.Steering.AppendAsync(id, [.. contents.Select(content => new NewMessage("user", content))], null, None);

    private async Task AppendAsync(Guid id, params string[] contents) => Assert.IsType<MessageResult.Accepted>(await TryAppendAsync(id, contents));

    private async Task<IReadOnlyList<(int Number, string Role, string Content)>> ListAsync(Guid id) =>
        [.. (await Store.Steering.ListUnconsumedAsync(id, None)).Select(message => (message.Number, message.Role, message.Content))];
}
