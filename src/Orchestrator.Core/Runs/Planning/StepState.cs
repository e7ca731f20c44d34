using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Where a step stands.</summary>
public sealed record StepState
{
    public required string Id { get; init; }

    public StepStatus Status { get; init; }

    /// <summary>From 1; grows each time a person has it done again.</summary>
    public int Round { get; init; } = 1;

    /// <summary>
    /// Null for a step without items, and before it has begun. Those of a step that has ended are under way where they were given up and
    /// have not ended yet.
    /// </summary>
    public IReadOnlyList<StepStatus>? Items { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Also of a step whose items are still under way, where one of them failed.</summary>
    public TaskError? Error { get; init; }

    /// <summary>What a person is asked, while the step waits for it.</summary>
    public string? Question { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many steps of the run had been completed with this one; null where it is not completed, or not by its own work.</summary>
    public int? Order { get; init; }

    /// <summary>How large its kept outputs are together, in bytes.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Whether a step with items has its output kept under its own name, since a person gave it.</summary>
    public bool HasWholeOutput { get; init; }

    /// <summary>Whether the array of its items is kept, in parts: those that begin later are read from there.</summary>
    public bool HasKeptItems { get; init; }

    /// <summary>What a person gave as its input in this round.</summary>
    public InputChange InputChange { get; init; }

    /// <summary>When the work of this round may begin; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Where its compensation stands; null before that is its turn.</summary>
    public StepStatus? Compensation { get; init; }

    /// <summary>Whether the work of a step without items was given up and has not ended yet.</summary>
    public bool HasGivenUp { get; init; }

    /// <summary>How much of its work takes room, what was given up and has not ended yet among it.</summary>
    internal int InFlight => (Compensation == StepStatus.Running ? 1 : 0)
        + (Items is not null ? ItemStates.CountOf(Items, StepStatus.Running) : Status == StepStatus.Running || HasGivenUp ? 1 : 0);

    /// <summary>How much of its work was given up and has not ended yet.</summary>
    internal int GivenUp => Status == StepStatus.Running ? 0 : Items is null ? (HasGivenUp ? 1 : 0) : ItemStates.CountOf(Items, StepStatus.Running);

    /// <summary>Whether its fate is settled as far as this run has come.</summary>
    internal bool HasEnded => Status is StepStatus.Completed or StepStatus.Failed or StepStatus.Skipped or StepStatus.Cancelled;

    /// <summary>Whether anything of it has been done or decided.</summary>
    internal bool HasBegun => StartedAt is not null || Status is not (StepStatus.Pending or StepStatus.Cancelled or StepStatus.Completed);
}
