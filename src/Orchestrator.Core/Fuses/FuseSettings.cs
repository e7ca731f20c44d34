namespace Orchestrator.Core.Fuses;

/// <summary>What a workspace sets of its fuses; null means <see cref="FuseDefaults"/>.</summary>
public sealed record FuseSettings
{
    /// <summary>Nothing set.</summary>
    public static FuseSettings Default { get; } = new();

    public int? DelegationDepth { get; init; }

    /// <summary>How many delegated executions a window may have.</summary>
    public int? LoopExecutions { get; init; }

    public int? LoopWindowSeconds { get; init; }

    public int? LoopPauseSeconds { get; init; }

    /// <summary>Whether all executions count, not only delegated ones.</summary>
    public bool? LoopCountAll { get; init; }

    /// <summary>How many delegated tasks may be live.</summary>
    public int? PendingDelegated { get; init; }

    /// <summary>How many tasks may be live.</summary>
    public int? PendingTotal { get; init; }

    /// <summary>How many failures of a provider without a success between them open its circuit.</summary>
    public int? CircuitFailures { get; init; }

    /// <summary>Within how long they must have happened.</summary>
    public int? CircuitWindowSeconds { get; init; }

    /// <summary>How long nobody asks a provider that was found ill.</summary>
    public int? CircuitOpenSeconds { get; init; }

    /// <summary>The same with every default filled in.</summary>
    public FuseSettings Effective => new()
    {
        DelegationDepth = DelegationDepth ?? FuseDefaults.DelegationDepth,
        LoopExecutions = LoopExecutions ?? FuseDefaults.LoopExecutions,
        LoopWindowSeconds = LoopWindowSeconds ?? FuseDefaults.LoopWindowSeconds,
        LoopPauseSeconds = LoopPauseSeconds ?? FuseDefaults.LoopPauseSeconds,
        LoopCountAll = LoopCountAll ?? false,
        PendingDelegated = PendingDelegated ?? FuseDefaults.PendingDelegated,
        PendingTotal = PendingTotal ?? FuseDefaults.PendingTotal,
        CircuitFailures = CircuitFailures ?? FuseDefaults.CircuitFailures,
        CircuitWindowSeconds = CircuitWindowSeconds ?? FuseDefaults.CircuitWindowSeconds,
        CircuitOpenSeconds = CircuitOpenSeconds ?? FuseDefaults.CircuitOpenSeconds,
    };
}
