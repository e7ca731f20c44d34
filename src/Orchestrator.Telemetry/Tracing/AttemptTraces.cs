using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>Spans of turns and of the attempts that they lease.</summary>
public static class AttemptTraces
{
    private const int MaxLinks = 128;

    /// <summary>Whether somebody looks.</summary>
    public static bool IsOn => OrchestratorSource.Source.HasListeners();

    /// <summary>A turn has leased tasks. It stands in the trace of the first of them, and names those of the others; answers what attempts name in turn.</summary>
    /// <param name="traceParents">Those of its tasks that have one.</param>
    public static string? Turn(string silo, int tasks, IReadOnlyList<string> traceParents, DateTimeOffset started)
    {
        if (traceParents.Count == 0)
        {
            return null;
        }

        using var activity = OrchestratorSource.Source.StartActivity(
            "turn",
            ActivityKind.Internal,
            TraceContext.Parse(traceParents[0]),
            [new(SpanTags.Silo, silo), new(SpanTags.Tasks, tasks)],
            traceParents.Skip(1).Distinct(StringComparer.Ordinal).Take(MaxLinks).Select(static parent => new ActivityLink(TraceContext.Parse(parent))),
            started);
        return activity?.Id;
    }

    /// <summary>
    /// An attempt begins, after what submitted its task. Null where nobody looks at it. Where only others look, the worker goes on with
    /// their trace, and what it creates and calls does.
    /// </summary>
    /// <param name="traceParent">What was kept with the task.</param>
    /// <param name="turn">What <see cref="Turn"/> answered.</param>
    public static AttemptSpan? Begin(Guid taskId, string workspace, string action, int attempt, TimeSpan waited, string? traceParent, string? turn)
    {
        if (!IsOn)
        {
            return traceParent is null ? null : new AttemptSpan(new Activity($"attempt {action}").SetParentId(traceParent).Start());
        }

        var activity = OrchestratorSource.Source.StartActivity(
            $"attempt {action}", ActivityKind.Consumer, TraceContext.Parse(traceParent), tags: null, turn is null ? null : [new ActivityLink(TraceContext.Parse(turn))]);
        if (activity is null)
        {
            return null;
        }

        activity.SetTag(SpanTags.Task, taskId.ToString());
        activity.SetTag(SpanTags.Workspace, workspace);
        activity.SetTag(SpanTags.Action, action);
        activity.SetTag(SpanTags.Attempt, attempt);
        activity.SetTag(SpanTags.Waited, waited.TotalSeconds);
        return new AttemptSpan(activity);
    }

    /// <summary>The same for one that goes on elsewhere: it is not current for who begins it, and no part of the trace that they are in.</summary>
    public static AttemptSpan? BeginElsewhere(Guid taskId, string workspace, string action, int attempt, TimeSpan waited, string? traceParent, string? turn)
    {
        if (traceParent is null && !IsOn)
        {
            return null;
        }

        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Begin(taskId, workspace, action, attempt, waited, traceParent, turn);
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
