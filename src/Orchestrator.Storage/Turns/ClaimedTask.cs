using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Turns;

/// <summary>A task leased to the silo that took the turn.</summary>
public sealed record ClaimedTask
{
    public required LeaseId Lease { get; init; }

    /// <summary>The workspace's internal key, which settling needs for its lock order.</summary>
    public required long WorkspaceKey { get; init; }

    public required string Workspace { get; init; }

    public string Action { get; private init; } = "";

    /// <summary>The lane that it was taken from: its action, and the skills that it needs.</summary>
    public required string Lane
    {
        get;
        init
        {
            field = value;
            Action = TaskLane.ActionOf(value);
        }
    }

    /// <summary>The number of this attempt, from 1.</summary>
    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    public required int TimeoutMs { get; init; }

    public required DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Time left until the deadline by the store's clock when the lease was written.</summary>
    public required TimeSpan? TimeToDeadline { get; init; }

    /// <summary>How long the task had been ready.</summary>
    public required TimeSpan Waited { get; init; }

    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How often the task has waited for children before.</summary>
    public int Continuation { get; init; }

    /// <summary>What its worker noted in earlier attempts, as JSON in UTF-8; null when nothing.</summary>
    public ReadOnlyMemory<byte>? Checkpoint { get; init; }

    /// <summary>The names of the resources that it was granted.</summary>
    public IReadOnlyCollection<string> Resources { get; init; } = [];

    /// <summary>Whether it alone may use its provider now, to probe it.</summary>
    public bool IsProbe { get; init; }

    /// <summary>What the budget of its workspace has reserved for the attempt, in the currency of the usage; null without a budget.</summary>
    public decimal? Reserved { get; init; }

    /// <summary>Which piece of work of a run it is; null for none. Settling it needs this to advance the run.</summary>
    public StepWork? Step { get; init; }

    /// <summary>The span that it was submitted in, as W3C writes it; null where nobody looked.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When its lease ends unless it is renewed, by the store's clock; known of tasks for remote workers.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    /// <summary>How long that is after the lease was written.</summary>
    public TimeSpan? LeasedFor { get; init; }
}
