using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Several silos and one provider that fails and heals, on the server's own clock.</summary>
public sealed class PostgresCircuitRaceTests
{
    private const string Action = "work";
    private const string Provider = "openai";
    private const int Tasks = 400;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(4);

    // Odd while the circuit is known to be open.
    private int _phase;
    private int _probing;
    private int _probes;
    private int _ended;

    [PostgresFact]
    public async Task Take_FourSilosOnAProviderThatFails_ProbeItOneAtATimeAndCompleteEverything()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        await test.Store.Workspaces.CreateAsync(
            new WorkspaceRecord { Id = "own", Fuses = new FuseSettings { CircuitFailures = 3, CircuitOpenSeconds = 1 } }, limit.Token);
        NewTask[] submitted = [.. Enumerable.Range(0, Tasks).Select(_ => new NewTask { Id = TaskIds.Next(), Action = Action, MaxAttempts = 100 })];
        await test.Store.Submissions.SubmitAsync([new Submission("own", submitted)], limit.Token);
        var healsAt = TimeProvider.System.GetUtcNow() + Outage;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => RunSiloAsync(test.OpenAnother(), healsAt, new Random(number), limit.Token))));

        Assert.Equal(Tasks, (await test.Store.Tasks.CountAsync("own", limit.Token))[TaskState.Completed]);
        Assert.True(_probes > 1, "The provider was not probed, so nothing was shown.");
        Assert.Equal(CircuitState.Closed, Assert.Single((await test.Store.Workspaces.FindAsync("own", limit.Token))!.Circuits).Circuit.State);
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
    }

    private async Task RunSiloAsync(IStore store, DateTimeOffset healsAt, Random random, CancellationToken cancellationToken)
    {
        var held = new List<(ClaimedTask Task, bool IsProbe)>();
        while (Volatile.Read(ref _ended) < Tasks)
        {
            var slots = random.Next(1, 8);
            var before = Volatile.Read(ref _phase);
            var turn = await store.Turns.TakeAsync(
                new TurnRequest(Guid.NewGuid(), slots, [new(Action, slots) { Provider = Provider }], TimeSpan.FromMinutes(5)), cancellationToken);
            var isOpen = before % 2 == 1 && Volatile.Read(ref _phase) == before;
            foreach (var task in turn.Tasks)
            {
                if (isOpen)
                {
                    Interlocked.Increment(ref _probes);
                    Assert.Equal(1, Interlocked.Increment(ref _probing));
                }

                held.Add((task, isOpen));
            }

            foreach (var (task, isProbe) in held.Take(random.Next(held.Count + 1)).ToList())
            {
                held.Remove((task, isProbe));
                await EndAsync(store, task, isProbe, TimeProvider.System.GetUtcNow() < healsAt, cancellationToken);
            }

            await store.Circuits.WakeAsync(cancellationToken);
        }
    }

    private async Task EndAsync(IStore store, ClaimedTask task, bool isProbe, bool fails, CancellationToken cancellationToken)
    {
        AttemptOutcome outcome = fails
            ? new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.ProviderError, "503"), TimeSpan.Zero)
            : new AttemptOutcome.Completed("1"u8.ToArray());
        if (isProbe)
        {
            Interlocked.Decrement(ref _probing);
            Interlocked.Add(ref _phase, fails ? 0 : 1);
        }

        Assert.Equal([SettlementResult.Accepted], await store.Leases.SettleAsync([new Settlement(task.Lease, task.WorkspaceKey, Action, outcome)], cancellationToken));
        var verdict = fails ? ProviderVerdict.Ill : ProviderVerdict.Well;
        var check = await store.Circuits.ReportAsync([new CircuitReport(task.WorkspaceKey, Provider, task.Lease.Token, verdict, TimeSpan.Zero)], cancellationToken);
        Interlocked.Add(ref _phase, check.Trips.Count);
        Interlocked.Add(ref _ended, fails ? 0 : 1);
    }
}
