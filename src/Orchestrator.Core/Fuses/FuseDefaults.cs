namespace Orchestrator.Core.Fuses;

/// <summary>What holds where a workspace sets nothing.</summary>
public static class FuseDefaults
{
    public const int DelegationDepth = Tasks.TaskLimits.MaxDelegationDepth;

    public const int LoopExecutions = 20;
    public const int LoopWindowSeconds = 300;
    public const int LoopPauseSeconds = 900;

    public const int PendingDelegated = 5_000;
    public const int PendingTotal = 1_000_000;

    public const int CircuitFailures = 5;
    public const int CircuitWindowSeconds = 300;
    public const int CircuitOpenSeconds = 30;
}
