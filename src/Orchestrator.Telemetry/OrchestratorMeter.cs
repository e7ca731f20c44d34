using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>The one meter that every instrument hangs on; one a host, so that two hosts in a process do not mix.</summary>
public sealed class OrchestratorMeter : IDisposable
{
    public const string Name = "Orchestrator";

    internal Meter Meter { get; } = new(Name);

    /// <summary>Whether <paramref name="meter"/> is this one; listeners that must tell hosts of one process apart ask it.</summary>
    public bool Is(Meter meter) => ReferenceEquals(meter, Meter);

    /// <summary>A counter without labels. It has its sample from the start, so that its first rise is one to Prometheus too.</summary>
    internal Counter<long> CreateCounter(string name, string description)
    {
        var counter = Meter.CreateCounter<long>(name, null, description);
        counter.Add(0);
        return counter;
    }

    public void Dispose() => Meter.Dispose();
}
