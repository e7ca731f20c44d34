using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// Queues what one attempt reports while the last of it is being written: of progress only the newest, of output every
/// piece in order, until <see cref="MaxPendingText"/> of it waits.
/// </summary>
internal sealed partial class AttemptReporter(OpenAttempt attempt, ReportWriter writer, AttemptInstruments instruments, ILogger logger) : IAttemptReporter
{
    /// <summary>Characters of output that may wait for the store; more is dropped and counted.</summary>
    public const int MaxPendingText = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private List<AttemptEvent>? _chunks;
    private AttemptEvent.Progress? _progress;
    private int _pendingText;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _closed;

    public void ReportProgress(double fraction, string? message)
    {
        var bounded = double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1);
        var report = new AttemptEvent.Progress(attempt.Lease, bounded, message is null ? null : StoreText.Clean(TaskError.Clip(message)));
        lock (_lock)
        {
            if (!_closed)
            {
                _progress = report;
                WriteNeedsLock();
            }
        }
    }

    public void AppendChunk(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        var clean = StoreText.Clean(text);
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            if (_pendingText + (long)clean.Length > MaxPendingText)
            {
                instruments.OnChunkDropped();
                return;
            }

            _pendingText += clean.Length;
            _chunks ??= [];
            foreach (var piece in StoreText.Split(clean, TaskLimits.MaxChunkLength))
            {
                _chunks.Add(new AttemptEvent.Chunk(attempt.Lease, piece));
            }

            WriteNeedsLock();
        }
    }

    /// <summary>Takes no more reports; completes when those taken are written or given up.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            return _writing;
        }
    }

    private void WriteNeedsLock()
    {
        if (!_isWriting)
        {
            _isWriting = true;
            _writing = Task.Run(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        while (Take() is { } reports)
        {
            try
            {
                if (await writer.WriteAsync(reports).ConfigureAwait(false) == SettlementResult.LeaseLost)
                {
                    attempt.TryStop(StopReason.LeaseLost);
                }
            }
            catch (Exception exception)
            {
                // Appending twice would show output twice, so what may have been written is not written again.
                LogNotWritten(logger, exception, attempt.Lease.TaskId, reports.Events.Count);
            }
        }
    }

    private AttemptReports? Take()
    {
        lock (_lock)
        {
            var events = _chunks ?? [];
            if (_progress is not null)
            {
                events.Add(_progress);
            }

            if (events.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var reports = new AttemptReports(attempt.Lease, events, _pendingText);
            _chunks = null;
            _progress = null;
            _pendingText = 0;
            return reports;
        }
    }
}
