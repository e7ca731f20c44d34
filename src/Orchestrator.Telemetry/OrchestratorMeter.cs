using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>The one meter that every instrument hangs on; one a host, so that two hosts in a process do not mix.</summary>
public sealed class OrchestratorMeter : IDisposable
{
    public const string Name = "Orchestrator";

    internal Meter Meter { get; } = new(Name);

    /// <summary>Whether <paramref name="meter"/> is this one; listeners that must tell hosts of one process apart ask it.</summary>
    public bool Is(Meter meter) => ReferenceEquals(meter, Meter);

    public void Dispose() => Meter.Dispose();
}
