using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>A person's decision about what a task asks.</summary>
public sealed record ApproveTaskRequest
{
    /// <summary><c>approve</c>, <c>reject</c>, <c>continue</c>, <c>retry</c>; or <c>abort</c>, which fails the task as <c>rejected</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>An object of at most 1 MiB: what the worker is to take instead of what it proposed.</summary>
    public RawJson? Edits { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Comment { get; init; }

    /// <summary>Which request of the task this answers, so that a decision never meets a question that nobody has seen; the open one if left out.</summary>
    public int? Number { get; init; }
}
