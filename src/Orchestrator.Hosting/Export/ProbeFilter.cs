using System.Diagnostics;
using OpenTelemetry;

namespace Orchestrator.Hosting.Export;

/// <summary>Leaves out requests of probes and scrapers: they come every few seconds and tell nothing.</summary>
internal sealed class ProbeFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Kind == ActivityKind.Server && data.GetTagItem("url.path") is string path && (path == "/metrics" || path.StartsWith("/health/", StringComparison.Ordinal)))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
