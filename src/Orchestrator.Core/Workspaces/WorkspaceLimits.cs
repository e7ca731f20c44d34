namespace Orchestrator.Core.Workspaces;

/// <summary>Bounds of what a caller may ask of a workspace.</summary>
public static class WorkspaceLimits
{
    public const int MaxNameLength = 200;
    public const int MaxGoalLength = 10_000;
    public const double MinWeight = 0.001;
    public const double MaxWeight = 1_000;
    public const int MaxMaxParallel = 1_000_000;

    /// <summary>Longest pause that ends by itself: a year.</summary>
    public const int MaxPauseSeconds = 365 * 24 * 60 * 60;
}
