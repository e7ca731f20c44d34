using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Contracts.Runs;

/// <summary>A run as it stands.</summary>
public sealed record RunResponse
{
    /// <summary>A UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The workspace that owns it and its tasks.</summary>
    public required string Workspace { get; init; }

    /// <summary>What it does: <c>owner/name@version</c>.</summary>
    public required string Definition { get; init; }

    /// <summary><c>started</c>, <c>completed</c>, <c>failed</c> or <c>aborted</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether what completed steps did is being undone.</summary>
    public required bool Compensating { get; init; }

    /// <summary>How many of its tasks and sub-runs may be under way at once.</summary>
    public required int MaxParallel { get; init; }

    /// <summary>Of tasks whose step names none, from 0 to 1000.</summary>
    public required int Priority { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How many of its steps are in each state, by the names of those; states in which none is are left out.</summary>
    public required IReadOnlyDictionary<string, int> StepCounts { get; init; }

    /// <summary>Its steps that wait for a person.</summary>
    public required IReadOnlyList<RunStepResponse> Waiting { get; init; }

    /// <summary>Left out of lists.</summary>
    public RawJson? Input { get; init; }

    /// <summary>What it answers; null until it has completed, and left out of lists.</summary>
    public RawJson? Output { get; init; }

    /// <summary>Why it failed or was aborted.</summary>
    public TaskErrorResponse? Error { get; init; }

    /// <summary>In the order of the definition; left out of lists.</summary>
    public IReadOnlyList<RunStepResponse>? Steps { get; init; }

    /// <summary>The run of which it is a step.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Which of that run's steps, as in <c>stepId</c> of a task.</summary>
    public string? ParentStep { get; init; }

    /// <summary>The run that it repeats from a step on.</summary>
    public Guid? ReplayOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the run fails if it has not ended.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required RunLinks Links { get; init; }
}
