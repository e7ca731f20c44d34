using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Waits for resources, and refusals by providers.</summary>
public sealed class ResourceInstruments
{
    private readonly LabelCap _actions = new();
    private readonly Counter<long> _waits;
    private readonly Counter<long> _wakes;
    private readonly Counter<long> _refusals;

    public ResourceInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _waits = meter.CreateCounter(InstrumentNames.ResourceWaits, "Ready tasks that went into the queue of a resource that they lacked.");
        _wakes = meter.CreateCounter(InstrumentNames.ResourceWakes, "Tasks that came back from the queue of a resource.");
        _refusals = source.CreateCounter<long>(InstrumentNames.ResourceRefusals, null, "Attempts that a provider refused for their rate (429), by action.");
    }

    public void OnParked(int tasks)
    {
        if (tasks > 0)
        {
            _waits.Add(tasks);
        }
    }

    public void OnWoken(int tasks)
    {
        if (tasks > 0)
        {
            _wakes.Add(tasks);
        }
    }

    public void OnRefused(string action) => _refusals.Add(1, new KeyValuePair<string, object?>("action", _actions.Of(action)));
}
