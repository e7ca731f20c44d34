using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Submissions;

/// <summary>A task as its caller asked for it, checked and complete; the store adds state and times.</summary>
public sealed record NewTask
{
    /// <summary>A UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string Action { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? OwnerId { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The input as JSON in UTF-8; it is stored and handed to the worker byte for byte.</summary>
    public ReadOnlyMemory<byte> Input { get; init; } = "null"u8.ToArray();

    /// <summary>The priority hint; closeness to the workspace's goal adds to it.</summary>
    public int Score { get; init; } = PriorityHint.Medium;

    public int MaxAttempts { get; init; } = TaskLimits.DefaultMaxAttempts;

    /// <summary>Time limit of one attempt, in milliseconds.</summary>
    public int TimeoutMs { get; init; } = TaskLimits.DefaultTimeoutMs;

    public DateTimeOffset? DeadlineAt { get; init; }

    public DateTimeOffset? RunAt { get; init; }

    public Guid? ParentId { get; init; }

    /// <summary>Names it among the children of its parent: the same key again means the same child. Only where a worker delegates.</summary>
    public string? DelegationKey { get; init; }

    /// <summary>The ended task that this one repeats.</summary>
    public Guid? RedriveOf { get; init; }

    /// <summary>The run that it is a step of; null for none.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Which piece of work of the run it is, as in <c>WorkKey</c>.</summary>
    public string? StepKey { get; init; }

    /// <summary>The span that it is submitted in, as W3C writes it; null where nobody looks.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Tasks of the same workspace, stored earlier or in the same submission.</summary>
    public IReadOnlyList<Guid> DependsOn { get; init; } = [];

    public DependencyFailureAction OnDependencyFailure { get; init; }

    /// <summary>Tokens or permits by resource name.</summary>
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Skills { get; init; } = [];
}
