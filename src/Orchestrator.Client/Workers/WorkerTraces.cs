using System.Diagnostics;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>Spans of what remote workers do. Who exports spans adds their source; what a handler calls goes on with the trace in any case.</summary>
public static class WorkerTraces
{
    /// <summary>The source of the spans <c>work {action}</c>: an attempt's work and its end, below the attempt that the gateway shows.</summary>
    public const string SourceName = "Orchestrator.Client";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Makes the trace of a lease current; null where there is none.</summary>
    internal static Activity? Begin(RemoteLease lease)
    {
        if (lease.TraceParent is not { } parent)
        {
            return null;
        }

        var name = $"work {lease.Task.Action}";
        return Source.StartActivity(name, ActivityKind.Consumer, parent) ?? new Activity(name).SetParentId(parent).Start();
    }
}
