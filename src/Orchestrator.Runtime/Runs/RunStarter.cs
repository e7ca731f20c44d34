using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Batching;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Signals;
using Orchestrator.Telemetry;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Runs;

/// <summary>Writes new runs in groups. Who is to hear of them hears it through <see cref="RunNews"/>.</summary>
public sealed class RunStarter : IAsyncDisposable
{
    public const string Kind = "runs";

    /// <summary>Weight that may wait: about as many small runs, or some 40 MB of inputs.</summary>
    private const int Capacity = 20_000;

    private const int MaxBatch = 500;
    private const int BytesPerWeight = 2_048;

    /// <summary>As for tasks: two connections carry more than one, and a store of one process has one writer.</summary>
    private const int ClusterFlushers = 2;

    private readonly Batcher<NewRun, StartRunResult> _batcher;

    public RunStarter(IRunStore runs, ISignalTransport transport, TimeProvider timeProvider, BatchInstruments instruments, ILogger<RunStarter> logger)
    {
        var options = new BatcherOptions(Kind, Capacity, MaxBatch, transport.ReachesOthers ? ClusterFlushers : 1) { ExtraFlusherAt = MaxBatch / 4 };
        _batcher = new Batcher<NewRun, StartRunResult>(
            options, runs.StartAsync, static run => 1 + (run.Input.Length / BytesPerWeight), timeProvider, instruments, logger);
    }

    /// <summary>
    /// Stores a run with its first tasks; once it answers that it has started it is durable. Throws
    /// <see cref="Storage.StoreUnavailableException"/> when the store is away or the queue in front of it is full.
    /// </summary>
    public async Task<StartRunResult> StartAsync(NewRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var span = SubmissionTraces.Run(run.Workspace, run.Id);
        return await _batcher.SubmitAsync(TraceContext.ToKeep is { } parent ? run with { TraceParent = parent } : run, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _batcher.DisposeAsync();
}
