using Orchestrator.Core.Timeline;

namespace Orchestrator.Runtime.Timelines;

/// <summary>The figures of one workspace and action in one bucket, and whether they have changed since they were written.</summary>
internal sealed class TimelineCell
{
    private int _changed;

    public TimelineFigures Figures { get; } = new();

    /// <summary>Call it after the change, so that who takes the cell as changed sees it.</summary>
    public void MarkChanged() => Volatile.Write(ref _changed, 1);

    /// <summary>Whether it was marked; it no longer is.</summary>
    public bool TakeChanged() => Interlocked.Exchange(ref _changed, 0) == 1;
}
