using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>A task as it stands.</summary>
public record TaskResponse
{
    /// <summary>A UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The workspace that owns the task.</summary>
    public required string Workspace { get; init; }

    /// <summary>What kind of work it is, such as <c>generation.text</c>.</summary>
    public required string Action { get; init; }

    public string? Name { get; init; }
    public string? Description { get; init; }

    /// <summary>On whose behalf, as the caller said.</summary>
    public string? OwnerId { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary><c>scheduled</c>, <c>blocked</c>, <c>queued</c>, <c>processing</c>, <c>waiting</c>, or ended: <c>completed</c>, <c>failed</c>, <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>While <c>waiting</c>: <c>approval</c>, <c>children</c>, <c>external</c>, <c>resource</c> or <c>provider</c>.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Priority from 0 to 1000.</summary>
    public required int Score { get; init; }

    /// <summary><c>heuristic</c>, <c>model</c> or <c>cache</c>.</summary>
    public required string ScoreSource { get; init; }

    /// <summary>How many attempts have started.</summary>
    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>Time limit of one attempt, in milliseconds.</summary>
    public required int TimeoutMs { get; init; }

    /// <summary>When the task fails if it has not ended.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>How many tasks stand above it in the tree of tasks that created tasks.</summary>
    public required int DelegationDepth { get; init; }

    public Guid? ParentId { get; init; }

    /// <summary>The ended task that this one repeats.</summary>
    public Guid? RedriveOf { get; init; }

    /// <summary>The run of which it is a step.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Which step of that run: <c>fetch</c>, its fourth item <c>fetch[3]</c>, its second round <c>fetch#2</c>, what undoes it <c>fetch!</c>.</summary>
    public string? StepId { get; init; }

    /// <summary>Tasks that must end first.</summary>
    public required IReadOnlyList<Guid> DependsOn { get; init; }

    /// <summary>What happens when one of them fails or is cancelled: <c>cancel</c> or <c>run</c>.</summary>
    public required string OnDependencyFailure { get; init; }

    /// <summary>Tokens or permits by resource name.</summary>
    public required IReadOnlyDictionary<string, int> Resources { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    /// <summary>What the running attempt last reported.</summary>
    public TaskProgress? Progress { get; init; }

    /// <summary>The accepted result; null until the task has completed, and left out of lists.</summary>
    public RawJson? Result { get; init; }

    /// <summary>Why it failed or was cancelled; while it is live, why its last attempt failed.</summary>
    public TaskErrorResponse? Error { get; init; }

    /// <summary>What its attempts consumed.</summary>
    public TaskUsageResponse? Usage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many ready tasks of the workspace stand before it; only while <c>queued</c> and only when asked for with <c>position=true</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? QueuePosition { get; init; }

    public required TaskLinks Links { get; init; }
}
