using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>An attempt that somebody looks at. It ends when it is disposed.</summary>
public sealed class AttemptSpan : IDisposable
{
    private readonly Activity _activity;

    internal AttemptSpan(Activity activity) => _activity = activity;

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

    public void Dispose() => _activity.Dispose();
}
