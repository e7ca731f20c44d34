using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Several processes at the edge of a fuse, on the server's own clock.</summary>
public sealed class PostgresFuseRaceTests
{
    private const string Action = "work";
    private const int Processes = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [PostgresFact]
    public async Task Take_FourSilosOnALoop_StartTwentyAndTripOnce()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        await CreateAsync(test, "loop", null, limit.Token);
        var parent = NewTask();
        await SubmitAsync(test.Store, "loop", [parent], limit.Token);
        await SubmitAsync(test.Store, "loop", [.. Enumerable.Range(0, 200).Select(_ => NewTask() with { ParentId = parent.Id })], limit.Token);

        var counts = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => Task.Run(async () =>
        {
            var store = test.OpenAnother();
            var (started, trips) = (0, 0);
            for (var turns = 0; turns < 30; turns++)
            {
                var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), 3, [new(Action, 3)], TimeSpan.FromMinutes(5)), limit.Token);
                started += turn.Tasks.Count;
                trips += (await store.Fuses.CheckAsync(turn.Held, limit.Token)).Trips.Count;
            }

            return (started, trips);
        })));

        Assert.Equal((1 + FuseDefaults.LoopExecutions, 1), (counts.Sum(count => count.started), counts.Sum(count => count.trips)));
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
    }

    [PostgresFact]
    public async Task Submit_FourGatewaysAtTheCap_LetInExactlyThatMany()
    {
        const int cap = 500;
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        await test.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "full", Fuses = new FuseSettings { PendingTotal = cap } }, limit.Token);

        var accepted = await Task.WhenAll(Enumerable.Range(0, Processes).SelectMany(_ =>
        {
            var store = test.OpenAnother();
            return Enumerable.Range(0, 2).Select(flusher => Task.Run(async () =>
            {
                var count = 0;
                for (var batch = 0; batch < 60; batch++)
                {
                    var results = await store.Submissions.SubmitAsync(
                        [.. Enumerable.Range(0, 1 + ((batch + flusher) % 4)).Select(_ => new Submission("full", [NewTask()]))], limit.Token);
                    count += results.Count(result => result is SubmissionResult.Accepted);
                }

                return count;
            }));
        }));

        Assert.Equal(cap, accepted.Sum());
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
    }

    [PostgresFact]
    public async Task Take_FourSilosOnTwoBudgets_NeverExceedThemAndBalance()
    {
        const decimal budget = 30;
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        foreach (var workspace in new[] { "left", "right" })
        {
            await CreateAsync(test, workspace, budget, limit.Token);
            await SubmitAsync(test.Store, workspace, [.. Enumerable.Range(0, 300).Select(_ => NewTask())], limit.Token);
        }

        var trips = await Task.WhenAll(Enumerable.Range(0, Processes).Select(number => Task.Run(() => RunSiloAsync(test.OpenAnother(), number, limit.Token))));

        Assert.Equal(2, trips.Sum());
        foreach (var workspace in new[] { "left", "right" })
        {
            var record = (await test.Store.Workspaces.FindAsync(workspace, limit.Token))!;
            Assert.Equal("budget", record.PausedBy);
            Assert.InRange(record.Budget!.Spent, budget - 1, budget);
            Assert.Equal(0m, record.Budget.Reserved);
        }

        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
    }

    /// <summary>Holds what it claims across some turns, and ends it in every way; a tenth is lost and reaped.</summary>
    private static async Task<int> RunSiloAsync(IStore store, int number, CancellationToken cancellationToken)
    {
        var random = new Random(number);
        var held = new List<ClaimedTask>();
        var trips = 0;
        while (true)
        {
            var lost = random.Next(10) == 0;
            var lease = lost ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMinutes(5);
            var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), 4, [new(Action, 4) { MaxCost = 1 }], lease), cancellationToken);
            trips += (await store.Fuses.CheckAsync(turn.Held, cancellationToken)).Trips.Count;
            if (!lost)
            {
                held.AddRange(turn.Tasks);
            }

            var ended = held.Take(random.Next(held.Count + 1)).ToList();
            held.RemoveRange(0, ended.Count);
            await store.Leases.SettleAsync([.. ended.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, Outcome(random)))], cancellationToken);
            await store.Leases.SettleAsync(
                [.. (await store.Leases.FindExpiredAsync(10, cancellationToken)).Select(expired => new Settlement(
                    expired.Lease, expired.WorkspaceKey, expired.Lane, new AttemptOutcome.Failed(TaskError.Of(ErrorCodes.HeartbeatMissed, "gone"))) { OfExpiredLease = true })],
                cancellationToken);
            trips += (await store.Fuses.CheckAsync(await store.Fuses.FindUnsettledAsync(10, cancellationToken), cancellationToken)).Trips.Count;
            var all = await store.Workspaces.ListAsync(null, 10, cancellationToken);
            if (held.Count == 0 && all.Where(workspace => workspace.BudgetLimit is not null).All(workspace => workspace is { Paused: true, Budget.Reserved: 0 }))
            {
                return trips;
            }
        }
    }

    private static AttemptOutcome Outcome(Random random) => random.Next(4) switch
    {
        0 => new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.ProviderError, "again"), TimeSpan.Zero) { Usage = new TaskUsage(Cost: 0.25m) },
        1 => new AttemptOutcome.HandedBack(),
        _ => new AttemptOutcome.Completed("1"u8.ToArray()) { Usage = new TaskUsage(Cost: (decimal)random.Next(1, 100) / 100) },
    };

    private static NewTask NewTask() => new() { Id = TaskIds.Next(), Action = Action, MaxAttempts = 20 };

    private static async Task CreateAsync(PostgresTestStore test, string id, decimal? budget, CancellationToken cancellationToken) =>
        Assert.NotNull(await test.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = id, BudgetLimit = budget }, cancellationToken));

    private static async Task SubmitAsync(IStore store, string workspace, NewTask[] tasks, CancellationToken cancellationToken) =>
        Assert.IsType<SubmissionResult.Accepted>(Assert.Single(await store.Submissions.SubmitAsync([new Submission(workspace, tasks)], cancellationToken)));
}
