using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers;

internal sealed class WorkerContext(AttemptContext attempt, TimeProvider time, JsonSerializerOptions json) : IWorkerContext
{
    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _awaited = [];
    private bool _waits;
    private ReadOnlyMemory<byte>? _checkpoint;

    public Guid TaskId => attempt.TaskId;

    public string Workspace => attempt.Workspace;

    public string Action => attempt.Action;

    public int Attempt => attempt.Attempt;

    public int MaxAttempts => attempt.MaxAttempts;

    public TimeSpan Remaining
    {
        get
        {
            var left = attempt.Timeout - time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public TaskUsage? Usage { get; private set; }

    /// <summary>That the attempt ended to wait for children; null when it did not.</summary>
    public AttemptResult.Waiting? Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waits ? new AttemptResult.Waiting([.. _awaited], _checkpoint) : null;
            }
        }
    }

    public void ReportProgress(double fraction, string? message = null) => attempt.Reporter.ReportProgress(fraction, message);

    public void AppendChunk(string text) => attempt.Reporter.AppendChunk(text);

    public void ReportUsage(TaskUsage usage) => Usage = usage;

    public ChildTask NewChild<TInput>(string action, TInput input) => new(action, JsonSerializer.SerializeToUtf8Bytes(input, json));

    public async Task<IReadOnlyList<Guid>> DelegateAsync(IReadOnlyList<ChildTask> children, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt.Delegation.CreateAsync(children, _checkpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (DelegationException exception)
        {
            throw new WorkerException(exception.Code, exception.Message);
        }
    }

    public async Task<IReadOnlyList<EndedChild>> WaitForAsync(IReadOnlyList<Guid> children, CancellationToken cancellationToken)
    {
        try
        {
            if (await attempt.Delegation.FindOutcomesAsync(children, cancellationToken).ConfigureAwait(false) is { } outcomes)
            {
                return [.. outcomes.Select(outcome => new EndedChild(outcome, json))];
            }
        }
        catch (DelegationException exception)
        {
            throw new WorkerException(exception.Code, exception.Message);
        }

        lock (_lock)
        {
            _waits = true;
            _awaited.UnionWith(children);
        }

        throw new WaitingForChildrenException();
    }

    public T? FindCheckpoint<T>() =>
        (_checkpoint ?? attempt.Checkpoint) is { } checkpoint ? JsonSerializer.Deserialize<T>(checkpoint.Span, json) : default;

    public void SetCheckpoint<T>(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, json);
        if (bytes.Length > TaskLimits.MaxCheckpointBytes)
        {
            throw new WorkerException(
                ErrorCodes.InvalidOutput, $"The checkpoint has {bytes.Length} bytes; at most {TaskLimits.MaxCheckpointBytes} are kept.", retryable: false);
        }

        _checkpoint = bytes;
    }
}
