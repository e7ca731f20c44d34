using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>Spans of tries to tell webhooks of events. URLs are not in them beyond the host, because they may carry keys.</summary>
public static class DeliveryTraces
{
    /// <summary>A try begins; null while nobody looks.</summary>
    /// <param name="type">Of the event.</param>
    /// <param name="traceParent">What was kept with the task or the run that the event is about.</param>
    public static Activity? Begin(string type, string workspace, Guid webhook, int tries, string url, string? traceParent)
    {
        if (!OrchestratorSource.Source.HasListeners()
            || OrchestratorSource.Source.StartActivity($"deliver {type}", ActivityKind.Client, TraceContext.Parse(traceParent)) is not { } activity)
        {
            return null;
        }

        activity.SetTag(SpanTags.Workspace, workspace);
        activity.SetTag(SpanTags.Webhook, webhook.ToString());
        activity.SetTag(SpanTags.Tries, tries);
        activity.SetTag("http.request.method", "POST");
        if (Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            activity.SetTag("server.address", address.Host);
            activity.SetTag("server.port", address.Port);
        }

        return activity;
    }

    /// <summary>What came of it.</summary>
    /// <param name="status">The status of the answer; null when none came.</param>
    /// <param name="accepted">Whether the receiver has the event.</param>
    public static void Answered(this Activity activity, int? status, bool accepted)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (status is not null)
        {
            activity.SetTag("http.response.status_code", status);
        }

        if (!accepted)
        {
            activity.SetTag(SpanTags.ErrorType, status?.ToString(CultureInfo.InvariantCulture) ?? "no_answer");
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
