using System.Collections.Concurrent;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Tests.Support;

/// <summary>Keeps what an attempt reports, and tells when something came.</summary>
internal sealed class RecordingReporter : IAttemptReporter
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<(double Fraction, string? Message)> Progress { get; } = new();

    public ConcurrentQueue<string> Chunks { get; } = new();

    /// <summary>Completes with the first report.</summary>
    public Task First => _first.Task;

    public void ReportProgress(double fraction, string? message)
    {
        Progress.Enqueue((fraction, message));
        _first.TrySetResult();
    }

    public void AppendChunk(string text)
    {
        Chunks.Enqueue(text);
        _first.TrySetResult();
    }
}
