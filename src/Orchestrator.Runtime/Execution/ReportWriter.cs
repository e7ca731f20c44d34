using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Batching;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>Writes what running attempts report, in groups, and tells who reads along.</summary>
public sealed class ReportWriter : IAsyncDisposable
{
    public const string Kind = "reports";

    private const int Capacity = 20_000;
    private const int MaxBatch = 1_000;
    private const int CharactersPerWeight = 2_048;

    private readonly ILeaseStore _store;
    private readonly SignalHub _hub;
    private readonly Batcher<AttemptReports, SettlementResult> _batcher;

    public ReportWriter(ILeaseStore store, SignalHub hub, TimeProvider timeProvider, BatchInstruments instruments, ILogger<ReportWriter> logger)
    {
        _store = store;
        _hub = hub;
        _batcher = new Batcher<AttemptReports, SettlementResult>(
            new BatcherOptions(Kind, Capacity, MaxBatch),
            FlushAsync,
            static reports => reports.Events.Count + (reports.TextLength / CharactersPerWeight),
            timeProvider,
            instruments,
            logger);
    }

    public ValueTask DisposeAsync() => _batcher.DisposeAsync();

    internal Task<SettlementResult> WriteAsync(AttemptReports reports) =>
        _batcher.SubmitWhenRoomAsync(reports, CancellationToken.None);

    private async Task<IReadOnlyList<SettlementResult>> FlushAsync(IReadOnlyList<AttemptReports> batch, CancellationToken cancellationToken)
    {
        var events = new List<AttemptEvent>(batch.Count);
        foreach (var reports in batch)
        {
            events.AddRange(reports.Events);
        }

        var written = await _store.AppendAsync(events, cancellationToken).ConfigureAwait(false);
        var results = new SettlementResult[batch.Count];
        var changed = new List<Guid>(batch.Count);
        var next = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            for (var left = batch[i].Events.Count; left > 0; left--)
            {
                if (written[next++] == SettlementResult.LeaseLost)
                {
                    results[i] = SettlementResult.LeaseLost;
                }
            }

            if (results[i] == SettlementResult.Accepted)
            {
                changed.Add(batch[i].Lease.TaskId);
            }
        }

        _hub.SignalChanged(changed);
        return results;
    }
}
