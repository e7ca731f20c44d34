using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>What every submission may say of a task.</summary>
public abstract record TaskFields
{
    /// <summary>At most 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Handed to the worker byte for byte; at most 1 MiB.</summary>
    public RawJson? Input { get; init; }

    /// <summary><c>low</c> (100), <c>medium</c> (300, the default), <c>high</c> (600), or a number from 0 to 1000.</summary>
    public RawJson? Priority { get; init; }

    /// <summary>On whose behalf; at most 200 characters.</summary>
    public string? OwnerId { get; init; }

    /// <summary>At most 50 different tags of at most 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>From 1 to 100; 3 by default.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Time limit of one attempt, in milliseconds, up to a day; 120,000 by default.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>When the task fails if it has not ended; in the future.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Not before this moment; one in the past means at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>A task of the same workspace that has not ended; cancelling it cancels this one.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Ids of tasks of the same workspace that must end first; in a batch also the <c>ref</c> of another item. At most 1,000.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>When one of them fails or is cancelled: <c>cancel</c> this task (the default) or <c>run</c> it all the same.</summary>
    public string? OnDependencyFailure { get; init; }

    /// <summary>Tokens or permits by resource name; at most 50.</summary>
    public IReadOnlyDictionary<string, int>? Resources { get; init; }

    /// <summary>The skills that a worker must declare to get the task; at most 10 names of the form `[a-z0-9][a-z0-9._-]{0,62}`.</summary>
    public IReadOnlyList<string>? Skills { get; init; }
}
