using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Tasks;

/// <summary>A task as it stands, live or ended.</summary>
public sealed record TaskRecord
{
    public required Guid Id { get; init; }
    public required string Workspace { get; init; }
    public required string Action { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? OwnerId { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public required TaskState State { get; init; }
    public WaitingFor? WaitingFor { get; init; }

    /// <summary>The resource that it waits for, or that it was woken for and has not been granted yet.</summary>
    public string? WaitingOn { get; init; }

    /// <summary>The hint that the score starts from.</summary>
    public int Priority { get; init; }

    public required int Score { get; init; }
    public required string ScoreSource { get; init; }
    public required int Attempt { get; init; }
    public required int MaxAttempts { get; init; }
    public required int TimeoutMs { get; init; }
    public DateTimeOffset? DeadlineAt { get; init; }
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it became or becomes ready: at <see cref="RunAt"/>, or after a backoff; null where it was ready at once, and once it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int DelegationDepth { get; init; }
    public Guid? ParentId { get; init; }
    public Guid? RedriveOf { get; init; }

    /// <summary>The run that it is a step of; null for none.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Which piece of work of the run it is, as in <c>WorkKey</c>.</summary>
    public string? StepId { get; init; }

    public IReadOnlyList<Guid> DependsOn { get; init; } = [];
    public DependencyFailureAction OnDependencyFailure { get; init; }
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();
    public IReadOnlyList<string> Skills { get; init; } = [];
    public double? ProgressFraction { get; init; }
    public string? ProgressMessage { get; init; }

    /// <summary>The accepted result as JSON in UTF-8; null until there is one, and always null in lists.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>Why it failed or was cancelled, or, while it is live, why its last attempt failed.</summary>
    public TaskError? Error { get; init; }

    public TaskUsage? Usage { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
