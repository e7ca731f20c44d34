using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Runs;

/// <summary>A person's decision about a step that waits for it.</summary>
public sealed record ApproveStepRequest
{
    /// <summary><c>approve</c> or <c>continue</c>: the step is completed; <c>retry</c>: it is done again; <c>reject</c>: it fails as <c>rejected</c>; <c>abort</c>: the run is aborted.</summary>
    public required string Decision { get; init; }

    /// <summary>Any value of at most 1 MiB, a merge patch (RFC 7396) of the step's output, or with <c>retry</c> of its input: an object changes the members of an object, any other value stands for the whole. Null counts as left out.</summary>
    public RawJson? Edits { get; init; }

    /// <summary>For the history; at most 10,000 characters.</summary>
    public string? Comment { get; init; }

    /// <summary>Which <c>round</c> of the step this answers, so that a decision never meets a question that nobody has seen; the one in which it asks if left out.</summary>
    public int? Round { get; init; }
}
