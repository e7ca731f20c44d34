using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Batching;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Timelines;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Signals;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>Writes the ends of attempts in groups, and tells who waits for what they entail.</summary>
public sealed class SettlementWriter : IAsyncDisposable
{
    public const string Kind = "settlements";

    private const int Capacity = 50_000;
    private const int MaxBatch = 2_000;
    private const int BytesPerWeight = 2_048;

    /// <summary>Two connections carry twice the settlements of one on PostgreSQL; a store of one process has one writer.</summary>
    private const int ClusterFlushers = 2;

    /// <summary>What falls due later than this is seen by the reminders' own poll in time.</summary>
    private static readonly TimeSpan SoonDue = TimeSpan.FromSeconds(2);

    private readonly ILeaseStore _store;
    private readonly CircuitWatch _circuits;
    private readonly TimelineRecorder _timeline;
    private readonly SignalHub _hub;
    private readonly Batcher<Settlement, SettlementResult> _batcher;

    public SettlementWriter(
        ILeaseStore store,
        CircuitWatch circuits,
        TimelineRecorder timeline,
        SignalHub hub,
        ISignalTransport transport,
        TimeProvider timeProvider,
        BatchInstruments instruments,
        ILogger<SettlementWriter> logger)
    {
        _store = store;
        _circuits = circuits;
        _timeline = timeline;
        _hub = hub;
        var options = new BatcherOptions(Kind, Capacity, MaxBatch, transport.ReachesOthers ? ClusterFlushers : 1);
        _batcher = new Batcher<Settlement, SettlementResult>(options, FlushAsync, Weigh, timeProvider, instruments, logger);
    }

    /// <summary>Writes one settlement, waiting for room in the queue. Throws <see cref="Storage.StoreUnavailableException"/> when it is not known whether it was written.</summary>
    public Task<SettlementResult> WriteAsync(Settlement settlement) =>
        _batcher.SubmitWhenRoomAsync(settlement, CancellationToken.None);

    public ValueTask DisposeAsync() => _batcher.DisposeAsync();

    private static int Weigh(Settlement settlement) => 1 + (BytesOf(settlement.Outcome) / BytesPerWeight);

    private static int BytesOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Completed completed => completed.Result.Length,
        AttemptOutcome.Awaiting awaiting => awaiting.Checkpoint?.Length ?? 0,
        AttemptOutcome.AwaitingApproval asking => (asking.Checkpoint?.Length ?? 0) + (asking.Request.Details?.Length ?? 0),
        _ => 0,
    };

    private async Task<IReadOnlyList<SettlementResult>> FlushAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        var results = await _store.SettleAsync(settlements, cancellationToken).ConfigureAwait(false);
        _timeline.OnSettled(settlements, results);
        await _circuits.ReportAsync(settlements, results, cancellationToken).ConfigureAwait(false);
        var ended = new List<Guid>(settlements.Count);
        var changed = new List<Guid>();
        var failed = new List<Guid>();
        var ready = false;
        var due = false;
        var parked = false;
        var awaiting = false;
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] is SettlementResult.LeaseLost or SettlementResult.Circular or SettlementResult.Unheard)
            {
                continue;
            }

            var outcome = settlements[i].Outcome;
            if (results[i] == SettlementResult.Parked)
            {
                changed.Add(settlements[i].Lease.TaskId);
                parked |= outcome is AttemptOutcome.Refused;
                awaiting |= outcome is AttemptOutcome.Awaiting;
                due |= outcome is AttemptOutcome.AwaitingApproval asking && asking.Request.TimeLimit <= SoonDue;
                continue;
            }

            switch (outcome is AttemptOutcome.Refused refused ? refused.Otherwise : outcome)
            {
                case AttemptOutcome.Retried { Delay: var delay }:
                    changed.Add(settlements[i].Lease.TaskId);
                    failed.Add(settlements[i].Lease.TaskId);
                    ready |= delay <= TimeSpan.Zero;
                    due |= delay > TimeSpan.Zero && delay <= SoonDue;
                    break;
                case AttemptOutcome.HandedBack or AttemptOutcome.Awaiting:
                    changed.Add(settlements[i].Lease.TaskId);
                    ready = true;
                    break;
                case AttemptOutcome.Failed:
                    ended.Add(settlements[i].Lease.TaskId);
                    failed.Add(settlements[i].Lease.TaskId);
                    break;
                default:
                    ended.Add(settlements[i].Lease.TaskId);
                    break;
            }
        }

        _hub.SignalFailed(failed);
        Signal(ended, changed, ready, due);
        if (awaiting)
        {
            _hub.SignalBlockingChangedHere();
        }

        if (parked)
        {
            _hub.SignalParkedHere();
        }

        return results;
    }

    private void Signal(List<Guid> ended, List<Guid> changed, bool ready, bool due)
    {
        _hub.SignalAttemptsEndedHere();
        _hub.SignalEnded(ended);
        _hub.SignalChanged(changed);
        if (ready)
        {
            _hub.SignalReady();
        }
        else
        {
            _hub.SignalReadyHere();
        }

        if (due)
        {
            _hub.SignalDue();
        }
    }
}
