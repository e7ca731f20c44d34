using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>Changes to a task that has not started; what is left out stays.</summary>
public sealed record PatchTaskRequest
{
    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, or a number from 0 to 1000.</summary>
    public RawJson? Priority { get; init; }

    /// <summary>Not before this moment; one in the past means at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Replaces all tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Replaces the input.</summary>
    public RawJson? Input { get; init; }
}
