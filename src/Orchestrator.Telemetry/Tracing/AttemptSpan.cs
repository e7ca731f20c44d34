using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>An attempt that somebody looks at. It ends when it is disposed.</summary>
public sealed class AttemptSpan : IDisposable
{
    private readonly Activity _activity;
    private Activity? _outer;

    internal AttemptSpan(Activity activity) => _activity = activity;

    /// <summary>It, as a <c>traceparent</c> of W3C for who goes on with it elsewhere.</summary>
    public string? TraceParent => _activity.Id;

    /// <summary>It is a step of a run.</summary>
    public void OfRun(Guid run, string step)
    {
        _activity.SetTag(SpanTags.Run, run.ToString());
        _activity.SetTag(SpanTags.Step, step);
    }

    /// <summary>How it ended.</summary>
    /// <param name="outcome">One of a few names fixed in code.</param>
    /// <param name="code">The code of its error, if it is one.</param>
    public void Ended(string outcome, string? code = null)
    {
        _activity.SetTag(SpanTags.Outcome, outcome);
        if (code is not null)
        {
            _activity.SetTag(SpanTags.ErrorType, code);
            _activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>It had ended before it is disposed: so long after it began.</summary>
    public void Took(TimeSpan duration) => _activity.SetEndTime(_activity.StartTimeUtc + duration);

    /// <summary>What is logged from here until it is disposed stands in it, where it is no longer, or never was, current.</summary>
    public void Enter()
    {
        _outer = Activity.Current;
        Activity.Current = _activity;
    }

    /// <summary>Ends it. Whoever is in another span stays there.</summary>
    public void Dispose()
    {
        var current = Activity.Current;
        _activity.Dispose();
        Activity.Current = current == _activity ? _outer : current;
    }
}
