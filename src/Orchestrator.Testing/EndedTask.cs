using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Testing;

/// <summary>A task that has ended.</summary>
public sealed record EndedTask
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required Guid Id { get; init; }

    /// <summary><see cref="TaskState.Completed"/>, <see cref="TaskState.Failed"/> or <see cref="TaskState.Cancelled"/>.</summary>
    public required TaskState State { get; init; }

    /// <summary>How many attempts it took.</summary>
    public required int Attempts { get; init; }

    /// <summary>The result; null unless it completed.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Why it failed or was cancelled; null when it completed.</summary>
    public TaskError? Error { get; init; }

    /// <summary>The result as a type, read with camelCase names.</summary>
    /// <exception cref="InvalidOperationException">There is no result; the message says why.</exception>
    public T ResultAs<T>() => Result is { } result
        ? result.Deserialize<T>(Json)!
        : throw new InvalidOperationException($"The task is {State.ToName()}: {Error?.Code} {Error?.Message}");

    internal static EndedTask Of(TaskRecord task) => new()
    {
        Id = task.Id,
        State = task.State,
        Attempts = task.Attempt,
        Result = task.Result is { } result ? JsonSerializer.Deserialize<JsonElement>(result.Span) : null,
        Error = task.State == TaskState.Completed ? null : task.Error,
    };
}
