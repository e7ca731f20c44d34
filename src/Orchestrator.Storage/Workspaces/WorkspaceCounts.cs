namespace Orchestrator.Storage.Workspaces;

/// <summary>How many tasks of a workspace there are.</summary>
/// <param name="Running">Those of which an attempt runs.</param>
/// <param name="Queued">Those that are ready to run; <see cref="MostQueued"/> stands for all that are more.</param>
public readonly record struct WorkspaceCounts(long Running, long Queued)
{
    /// <summary>Nobody counts further, so that what it costs to count many workspaces does not grow with what they have to do.</summary>
    public const int MostQueued = 1_000;
}
