using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;

namespace Orchestrator.Workers;

/// <summary>A child of a task that has ended.</summary>
public sealed class EndedChild(ChildOutcome outcome, JsonSerializerOptions json)
{
    public Guid Id => outcome.Id;

    /// <summary><see cref="TaskState.Completed"/>, <see cref="TaskState.Failed"/> or <see cref="TaskState.Cancelled"/>.</summary>
    public TaskState State => outcome.State;

    /// <summary>JSON in UTF-8; null unless it completed.</summary>
    public ReadOnlyMemory<byte>? Result => outcome.Result;

    /// <summary>Why it failed or was cancelled; null when it completed.</summary>
    public TaskError? Error => outcome.Error;

    /// <summary>Its result.</summary>
    /// <exception cref="WorkerException">
    /// It did not complete (<c>dependency_failed</c>), or its result is of another form (<c>invalid_output</c>); a worker that lets this pass
    /// fails with it.
    /// </exception>
    public T ResultAs<T>()
    {
        if (outcome.Result is not { } result)
        {
            throw new WorkerException(ErrorCodes.DependencyFailed, $"The child {Id} ended as {State.ToName()} ({Error?.Code}: {Error?.Message}).");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(result.Span, json)
                ?? throw new WorkerException(ErrorCodes.InvalidOutput, $"The result of the child {Id} is null.", retryable: false);
        }
        catch (JsonException exception)
        {
            throw new WorkerException(ErrorCodes.InvalidOutput, $"The result of the child {Id}: {InputMessage.From(exception)}", retryable: false);
        }
    }
}
