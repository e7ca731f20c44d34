namespace Orchestrator.Contracts.Workspaces;

/// <summary>When a workspace that executes too much within a window is paused.</summary>
public sealed record AntiLoopBody
{
    /// <summary>How many delegated executions a window may have, from 1 to 1,000,000; 20 by default.</summary>
    public int? MaxExecutions { get; init; }

    /// <summary>How long the sliding window is, from 1 to 86,400; 300 by default.</summary>
    public int? WindowSeconds { get; init; }

    /// <summary>How long the workspace is paused, from 1 to 31,536,000; 900 by default.</summary>
    public int? PauseSeconds { get; init; }

    /// <summary>Whether all executions count, not only those of delegated tasks; false by default.</summary>
    public bool? CountAll { get; init; }
}
