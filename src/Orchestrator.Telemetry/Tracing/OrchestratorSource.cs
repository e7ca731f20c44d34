using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>The one source of the product's spans. While nobody listens to it none is made.</summary>
public static class OrchestratorSource
{
    public const string Name = "Orchestrator";

    internal static ActivitySource Source { get; } = new(Name);
}
