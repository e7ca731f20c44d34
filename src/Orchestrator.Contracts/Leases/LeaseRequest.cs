namespace Orchestrator.Contracts.Leases;

/// <summary>What a remote worker can take on now.</summary>
public sealed record LeaseRequest
{
    /// <summary>Only tasks of these workspaces; of all that the caller may see if none is named.</summary>
    public IReadOnlyList<string>? Workspaces { get; init; }

    /// <summary>What it can do, from 1 to 100 actions.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>How well it does what needs a skill, by the skill's name, above 0 and up to 1; a list of names is taken as well, and means 1.</summary>
    public IReadOnlyDictionary<string, double>? Skills { get; init; }

    /// <summary>How many tasks it can take, from 1 to 1,000; 1 by default.</summary>
    public int? Slots { get; init; }

    /// <summary>How long to wait for a task while there is none, in milliseconds, from 0 to 60,000; 0 by default.</summary>
    public int? WaitMs { get; init; }
}
