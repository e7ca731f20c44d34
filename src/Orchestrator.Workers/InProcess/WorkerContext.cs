using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers;

internal sealed class WorkerContext(AttemptContext attempt, TimeProvider time, JsonSerializerOptions json) : IWorkerContext
{
    /// <summary>What keys of questions without one begin with.</summary>
    private const char AutomaticKey = '#';

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _awaited = [];
    private bool _waits;
    private ApprovalRequest? _asked;
    private int _questions;

    /// <summary>Noted, and not stored yet.</summary>
    private ReadOnlyMemory<byte>? _checkpoint;

    private ReadOnlyMemory<byte>? _stored = attempt.Checkpoint;

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

    /// <summary>That the attempt ended to wait for a person or for children; null when it did not.</summary>
    public AttemptResult? Waiting
    {
        get
        {
            lock (_lock)
            {
                return _asked is { } request ? new AttemptResult.Asking(request, _checkpoint)
                    : _waits ? new AttemptResult.Waiting([.. _awaited], _checkpoint)
                    : null;
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
        (_checkpoint ?? _stored) is { } checkpoint ? JsonSerializer.Deserialize<T>(checkpoint.Span, json) : default;

    public void SetCheckpoint<T>(T value) => _checkpoint = ToCheckpoint(value);

    public Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken) =>
        attempt.Journal.ReadMessagesAsync(cancellationToken);

    public async Task SaveCheckpointAsync<T>(T value, int consumedThrough, CancellationToken cancellationToken)
    {
        var bytes = ToCheckpoint(value);
        await attempt.Journal.SaveAsync(bytes, consumedThrough, usage: null, cancellationToken).ConfigureAwait(false);
        _checkpoint = null;
        _stored = bytes;
    }

    public async Task<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Key is { Length: > 0 } named && named[0] == AutomaticKey)
        {
            throw new WorkerException(ErrorCodes.InvalidOutput, $"The key of a question must not begin with {AutomaticKey}.", retryable: false);
        }

        var number = Interlocked.Increment(ref _questions);
        var key = request.Key ?? string.Create(CultureInfo.InvariantCulture, $"{AutomaticKey}{number}");
        if (await attempt.Journal.FindAnswerAsync(key, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            return answer;
        }

        lock (_lock)
        {
            _asked ??= request with { Key = key };
        }

        throw new WaitingForApprovalException();
    }

    private byte[] ToCheckpoint<T>(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, json);
        if (bytes.Length > TaskLimits.MaxCheckpointBytes)
        {
            throw new WorkerException(
                ErrorCodes.InvalidOutput, $"The checkpoint has {bytes.Length} bytes; at most {TaskLimits.MaxCheckpointBytes} are kept.", retryable: false);
        }

        return bytes;
    }
}
