using Orchestrator.Core.Tasks;
using Orchestrator.Core.Timeline;

namespace Orchestrator.Runtime.Timelines;

/// <summary>The figures of one workspace and action in one bucket, and whether they have changed since they were written.</summary>
internal sealed class TimelineCell
{
    private readonly Lock _lock = new();
    private readonly TimelineFigures _figures = new();
    private bool _changed;

    public void OnWaited(TimeSpan waited)
    {
        lock (_lock)
        {
            _figures.Waits.Add(waited);
            _changed = true;
        }
    }

    public void OnRan(TimeSpan ran)
    {
        lock (_lock)
        {
            _figures.Durations.Add(ran);
            _changed = true;
        }
    }

    public void OnSubmitted(long tasks)
    {
        lock (_lock)
        {
            _figures.AddSubmitted(tasks);
            _changed = true;
        }
    }

    public void OnEnded(TaskState state)
    {
        lock (_lock)
        {
            _figures.AddEnd(state);
            _changed = true;
        }
    }

    public void OnRetried()
    {
        lock (_lock)
        {
            _figures.AddRetried();
            _changed = true;
        }
    }

    public void OnUsed(TaskUsage usage)
    {
        lock (_lock)
        {
            _figures.AddUsage(usage);
            _changed = true;
        }
    }

    /// <summary>Has it written once more.</summary>
    public void MarkChanged()
    {
        lock (_lock)
        {
            _changed = true;
        }
    }

    /// <summary>A copy of all figures if they have changed since the last call, else null.</summary>
    public TimelineFigures? TakeChanged()
    {
        lock (_lock)
        {
            var changed = _changed;
            _changed = false;
            if (!changed)
            {
                return null;
            }

            var copy = new TimelineFigures();
            copy.Add(_figures);
            return copy;
        }
    }

    public void AddTo(TimelineFigures sum)
    {
        lock (_lock)
        {
            sum.Add(_figures);
        }
    }
}
