using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>What of a trace is kept with work, so that whoever does it later, elsewhere, goes on with the trace: a traceparent as W3C writes it.</summary>
public static class TraceContext
{
    /// <summary>The span that is being recorded now; null where nobody looks, and then nothing is kept.</summary>
    public static string? ToKeep => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    internal static ActivityContext Parse(string? traceParent) => ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;
}
