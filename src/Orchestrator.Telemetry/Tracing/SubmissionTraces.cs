using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>Spans of what is submitted: they end when it is stored, and attempts follow them.</summary>
public static class SubmissionTraces
{
    /// <summary>Whether somebody looks.</summary>
    public static bool IsOn => OrchestratorSource.Source.HasListeners();

    /// <summary>Tasks are submitted together.</summary>
    /// <param name="first">The first of them.</param>
    public static Activity? Tasks(string workspace, int count, string action, Guid first)
    {
        var activity = OrchestratorSource.Source.StartActivity($"submit {action}", ActivityKind.Producer);
        if (activity is not null)
        {
            activity.SetTag(SpanTags.Workspace, workspace);
            activity.SetTag(SpanTags.Action, action);
            activity.SetTag(SpanTags.Tasks, count);
            activity.SetTag(SpanTags.Task, first.ToString());
        }

        return activity;
    }

    /// <summary>A run is started.</summary>
    public static Activity? Run(string workspace, Guid id)
    {
        var activity = OrchestratorSource.Source.StartActivity("start run", ActivityKind.Producer);
        if (activity is not null)
        {
            activity.SetTag(SpanTags.Workspace, workspace);
            activity.SetTag(SpanTags.Run, id.ToString());
        }

        return activity;
    }

    /// <summary>It was not accepted.</summary>
    public static void Refused(this Activity activity, string reason)
    {
        ArgumentNullException.ThrowIfNull(activity);
        activity.SetTag(SpanTags.ErrorType, reason);
        activity.SetStatus(ActivityStatusCode.Error);
    }
}
