using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Delegation;

/// <summary>A task that a worker has made beneath its own.</summary>
/// <param name="Input">JSON in UTF-8.</param>
public sealed record ChildTask(string Action, ReadOnlyMemory<byte> Input)
{
    /// <summary>
    /// Names it among the children of its parent: a worker that is run again and creates a child of the same key gets the one that is
    /// there. Without a key the order in which the attempt creates its children counts.
    /// </summary>
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its priority, from 0 to 1000.</summary>
    public int Score { get; init; } = PriorityHint.Medium;

    public int MaxAttempts { get; init; } = TaskLimits.DefaultMaxAttempts;

    /// <summary>Time limit of one attempt, in milliseconds.</summary>
    public int TimeoutMs { get; init; } = TaskLimits.DefaultTimeoutMs;

    public DateTimeOffset? DeadlineAt { get; init; }

    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Tasks of the same workspace that must have ended before it starts.</summary>
    public IReadOnlyList<Guid> DependsOn { get; init; } = [];

    public DependencyFailureAction OnDependencyFailure { get; init; }

    /// <summary>Tokens or permits by resource name.</summary>
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Skills { get; init; } = [];
}
