namespace Orchestrator.Core.Fuses;

/// <summary>Bounds of what a caller may set.</summary>
public static class FuseLimits
{
    public const int MaxDelegationDepth = 100;

    public const int MaxLoopExecutions = 1_000_000;
    public const int MaxLoopWindowSeconds = 24 * 60 * 60;
    public const int MaxLoopPauseSeconds = 365 * 24 * 60 * 60;

    public const int MaxPending = 100_000_000;

    public const int MaxCircuitFailures = 1_000;
    public const int MaxCircuitWindowSeconds = 24 * 60 * 60;
    public const int MaxCircuitOpenSeconds = 24 * 60 * 60;

    public const double MinBudget = 0.000_001;
    public const double MaxBudget = 1_000_000_000;
}
