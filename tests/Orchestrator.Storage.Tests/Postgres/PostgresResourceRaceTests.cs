using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Several silos that want the same resources, on the server's own clock. The invariants sweep the history.</summary>
public sealed class PostgresResourceRaceTests
{
    private const string Action = "work";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [PostgresFact]
    public async Task Take_FourSilosOnTwoResources_NeverExceedThemAndLeaveNothingBehind()
    {
        const int tasks = 400;
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        await test.Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(7), limit.Token);
        await test.Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(20, 400), limit.Token);
        NewTask[] submitted = [.. Enumerable.Range(0, tasks).Select(index => new NewTask
        {
            Id = TaskIds.Next(),
            Action = Action,
            Score = index % 1_000,
            Resources = new Dictionary<string, int> { [index % 2 == 0 ? "permits" : "tokens"] = 1 + (index % 3) },
        })];
        await test.Store.Submissions.SubmitAsync([new Submission(IWorkspaceStore.DefaultWorkspace, submitted)], limit.Token);

        var ended = 0;
        var parked = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => RunSiloAsync(test.OpenAnother(), number))));

        Assert.Equal(tasks, (await test.Store.Tasks.CountAsync(null, limit.Token))[TaskState.Completed]);
        Assert.True(parked > 0, "Nobody had to wait, so nothing was shown.");
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
        Assert.Equal(7m, (await test.Store.Resources.FindAsync("permits", limit.Token))!.Available);
        Assert.Equal(new NextLook(null, false), await test.Store.Resources.FindNextLookAsync(limit.Token));

        // Holds what it claims across its next turn, so that the permits are really used up.
        async Task RunSiloAsync(IStore store, int number)
        {
            var random = new Random(number);
            var held = new List<ClaimedTask>();
            while (Volatile.Read(ref ended) < tasks)
            {
                var slots = random.Next(1, 8);
                var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), slots, [new(Action, slots)], TimeSpan.FromMinutes(5)), limit.Token);
                Interlocked.Add(ref parked, turn.Parked);
                held.AddRange(turn.Tasks);
                var settled = held.Take(random.Next(held.Count + 1)).ToList();
                held.RemoveRange(0, settled.Count);
                var results = await store.Leases.SettleAsync(
                    [.. settled.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.Completed("1"u8.ToArray())))], limit.Token);
                Assert.All(results, result => Assert.Equal(SettlementResult.Accepted, result));
                Interlocked.Add(ref ended, settled.Count);
                await store.Resources.WakeAsync(true, limit.Token);
            }
        }
    }
}
