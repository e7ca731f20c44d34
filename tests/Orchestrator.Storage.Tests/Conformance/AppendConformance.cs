using Orchestrator.Storage.Leases;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class AppendConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Append_ProgressAndChunks_StandInTheHistoryInOrder()
    {
        var id = await SubmitOneAsync();
        var lease = (await TakeOneAsync()).Lease;

        await AppendAsync(new AttemptEvent.Chunk(lease, "one "), new AttemptEvent.Progress(lease, 0.5, "half"), new AttemptEvent.Chunk(lease, "two"));
        await AppendAsync(new AttemptEvent.Chunk(lease, "\u2603\n\"three\""));

        var history = (await Store.Tasks.ReadHistoryAsync(id, 3, 100, None))!.Events;
        Assert.Equal(["chunk", "progress", "chunk", "chunk"], history.Select(entry => entry.Type));
        Assert.Equal([4, 5, 6, 7], history.Select(entry => entry.Seq));
        Assert.All(history, entry => Assert.Equal(1, entry.Attempt));
        Assert.All(history, entry => Assert.Equal(Clock.Now, entry.At));
        Assert.Equal(["one ", "two", "\u2603\n\"three\""], history.Where(entry => entry.Type == "chunk").Select(entry => Member(entry.Data, "text")));
    }

    [StoreFact]
    public async Task Append_Progress_ShowsOnTheTask()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();

        await AppendAsync(new AttemptEvent.Progress(claimed.Lease, 0.25, "a quarter"), new AttemptEvent.Progress(claimed.Lease, 0.5, "half"));

        var record = await FindAsync(id);
        Assert.Equal(0.5, record.ProgressFraction);
        Assert.Equal("half", record.ProgressMessage);
        await SettleAsync(claimed, Completed());
        Assert.Equal(["submitted", "queued", "processing", "progress", "progress", "completed"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Append_SeveralAttemptsMixed_AnswersInOrderAndRefusesOnlyTheLost()
    {
        await SubmitAsync(NewTasks(2));
        var claimed = await TakeAsync();
        var (held, cancelled) = (claimed[0].Lease, claimed[1].Lease);
        await Store.Control.CancelAsync(cancelled.TaskId, None);

        var results = await AppendAsync(
            new AttemptEvent.Chunk(held, "a"), new AttemptEvent.Chunk(cancelled, "b"), new AttemptEvent.Chunk(held, "c"),
            new AttemptEvent.Chunk(held with { Token = Guid.NewGuid() }, "d"));

        Assert.Equal([SettlementResult.Accepted, SettlementResult.LeaseLost, SettlementResult.Accepted, SettlementResult.LeaseLost], results);
        Assert.Equal(["submitted", "queued", "processing", "chunk", "chunk"], await HistoryAsync(held.TaskId));
        Assert.Equal(["submitted", "queued", "processing", "cancelled"], await HistoryAsync(cancelled.TaskId));
    }

    [StoreFact]
    public async Task Append_AfterTheExpiry_IsRefused()
    {
        var id = await SubmitOneAsync();
        var lease = (await TakeOneAsync()).Lease;
        await Clock.AdvanceAsync(Lease);

        Assert.Equal([SettlementResult.LeaseLost], await AppendAsync(new AttemptEvent.Progress(lease, 1, null)));

        Assert.Null((await FindAsync(id)).ProgressFraction);
    }

    [StoreFact]
    public async Task Append_SecondAttempt_ContinuesTheHistoryUnderItsNumber()
    {
        var id = await SubmitOneAsync();
        var first = await TakeOneAsync();
        await AppendAsync(new AttemptEvent.Chunk(first.Lease, "of the first"));
        await SettleAsync(first, Retried());
        var second = await TakeOneAsync();

        await AppendAsync(new AttemptEvent.Chunk(second.Lease, "of the second"));

        Assert.Equal(
            ["submitted", "queued", "processing", "chunk", "retry", "queued", "processing", "chunk"],
            await HistoryAsync(id));
        var last = (await Store.Tasks.ReadHistoryAsync(id, 7, 10, None))!.Events;
        Assert.Equal(2, Assert.Single(last).Attempt);
    }

    private static string? Member(string? data, string name) =>
        System.Text.Json.JsonDocument.Parse(data!).RootElement.GetProperty(name).GetString();

    private Task<IReadOnlyList<SettlementResult>> AppendAsync(params AttemptEvent[] events) => Store.Leases.AppendAsync(events, None);
}
