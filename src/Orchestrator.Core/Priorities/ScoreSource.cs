namespace Orchestrator.Core.Priorities;

/// <summary>Where a score comes from, as it is stored and shown.</summary>
public static class ScoreSource
{
    /// <summary>The hint, and closeness to the workspace's goal.</summary>
    public const string Heuristic = "heuristic";

    /// <summary>A model judged this task.</summary>
    public const string Model = "model";

    /// <summary>A model judged a task that asks for the same thing.</summary>
    public const string Cache = "cache";
}
