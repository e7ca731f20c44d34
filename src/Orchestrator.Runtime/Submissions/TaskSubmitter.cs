using Microsoft.Extensions.Logging;
using Orchestrator.Core.Fuses;
using Orchestrator.Runtime.Batching;
using Orchestrator.Storage.Signals;
using Orchestrator.Storage.Submissions;
using Orchestrator.Telemetry;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Submissions;

/// <summary>Writes submissions in groups and tells who waits for ready tasks.</summary>
public sealed class TaskSubmitter : ITaskSubmitter, IAsyncDisposable
{
    public const string Kind = "submissions";

    /// <summary>Weight that may wait: about as many small tasks, or some 100 MB of inputs.</summary>
    private const int Capacity = 50_000;

    private const int MaxBatch = 2_000;
    private const int BytesPerWeight = 2_048;

    /// <summary>Two connections carry twice the submissions of one on PostgreSQL; a store of one process has one writer.</summary>
    private const int ClusterFlushers = 2;

    private readonly ISubmissionStore _store;
    private readonly NewTaskNews _news;
    private readonly FuseInstruments _fuses;
    private readonly Batcher<Submission, SubmissionResult> _batcher;

    public TaskSubmitter(
        ISubmissionStore store,
        NewTaskNews news,
        ISignalTransport transport,
        TimeProvider timeProvider,
        BatchInstruments instruments,
        FuseInstruments fuses,
        ILogger<TaskSubmitter> logger)
    {
        _store = store;
        _news = news;
        _fuses = fuses;
        var options = new BatcherOptions(Kind, Capacity, MaxBatch, transport.ReachesOthers ? ClusterFlushers : 1);
        _batcher = new Batcher<Submission, SubmissionResult>(options, FlushAsync, Weigh, timeProvider, instruments, logger);
    }

    public Task<SubmissionResult> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return SubmissionTraces.IsOn && submission.Tasks.Count > 0
            ? SubmitWatchedAsync(submission, cancellationToken)
            : _batcher.SubmitAsync(Trace(submission), cancellationToken);
    }

    public ValueTask DisposeAsync() => _batcher.DisposeAsync();

    /// <summary>Keeps the trace that goes on with the tasks, if there is one.</summary>
    private static Submission Trace(Submission submission) => TraceContext.ToKeep is { } parent
        ? submission with { Tasks = [.. submission.Tasks.Select(task => task with { TraceParent = parent })] }
        : submission;

    private async Task<SubmissionResult> SubmitWatchedAsync(Submission submission, CancellationToken cancellationToken)
    {
        var first = submission.Tasks[0];
        using var span = SubmissionTraces.Tasks(submission.Workspace, submission.Tasks.Count, first.Action, first.Id);
        var result = await _batcher.SubmitAsync(Trace(submission), cancellationToken).ConfigureAwait(false);
        if (result is not SubmissionResult.Accepted)
        {
            span?.Refused(result.GetType().Name);
        }

        return result;
    }

    private static int Weigh(Submission submission)
    {
        var weight = submission.Tasks.Count + ((submission.DelegatedBy?.Checkpoint?.Length ?? 0) / BytesPerWeight);
        foreach (var task in submission.Tasks)
        {
            weight += task.Input.Length / BytesPerWeight;
        }

        return weight;
    }

    private async Task<IReadOnlyList<SubmissionResult>> FlushAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        var results = await _store.SubmitAsync(submissions, cancellationToken).ConfigureAwait(false);
        var made = new List<(NewTask, CreatedTask)>();
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] is SubmissionResult.PendingCapReached { Tripped: true })
            {
                _fuses.OnTripped(Fuse.PendingCap.ToName());
            }
            else if (results[i] is SubmissionResult.Accepted accepted)
            {
                made.AddRange(submissions[i].Tasks.Zip(accepted.Tasks));
            }
        }

        _news.Tell(made);
        return results;
    }
}
