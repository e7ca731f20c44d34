namespace Orchestrator.Core.Runs.Planning;

/// <summary>What follows from events. Where <see cref="Missing"/> names outputs nothing else holds: plan again with them.</summary>
public sealed record RunPlan
{
    public required RunState State { get; init; }

    public IReadOnlyList<RunEffect> Effects { get; init; } = [];

    public IReadOnlySet<string> Missing { get; init; } = new HashSet<string>();

    /// <summary>Why an event that a person sent was refused; nothing else has happened then.</summary>
    public RunRefusal? Refusal { get; init; }

    /// <summary>When to look again even if nothing happens; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether work was left to the next look, since this plan has started as much as it may.</summary>
    public bool LeavesWork { get; init; }

    /// <summary>What a run that has just been completed answers.</summary>
    public ReadOnlyMemory<byte>? Output { get; init; }
}
