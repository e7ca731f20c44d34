namespace Orchestrator.Runtime.Signals;

/// <summary>What one process tells the others. Everything in it may be missed without harm.</summary>
/// <param name="Ready">Tasks became ready.</param>
/// <param name="Due">A reminder may be due sooner than was known.</param>
/// <param name="Drain">A silo was asked to drain.</param>
/// <param name="Ended">Tasks that have ended, or may have.</param>
/// <param name="Changed">Tasks that have news without having ended.</param>
public sealed record ClusterHint(bool Ready, bool Due, bool Drain, TaskHashes Ended, TaskHashes Changed)
{
    /// <summary>Tasks that name skills were submitted.</summary>
    public bool Skills { get; init; }

    /// <summary>Agents were defined, changed or deleted.</summary>
    public bool Agents { get; init; }

    /// <summary>The sender has viewers of the live feed.</summary>
    public bool Watched { get; init; }

    /// <summary>What to assume after hints may have been missed; silos that declare skills look for such tasks by themselves.</summary>
    public static readonly ClusterHint Everything = new(true, true, true, TaskHashes.All, TaskHashes.All);

    public bool IsEmpty => !Ready && !Due && !Drain && !Skills && !Agents && !Watched && Ended.IsEmpty && Changed.IsEmpty;
}
