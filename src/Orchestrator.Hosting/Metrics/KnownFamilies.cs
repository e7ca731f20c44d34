using System.Diagnostics.Metrics;
using Orchestrator.Telemetry;

namespace Orchestrator.Hosting.Metrics;

/// <summary>
/// The product's own families, known once their instruments are there. The SDK leaves out those without a measurement, and a page that
/// lacks a family says nothing of why.
/// </summary>
internal sealed class KnownFamilies : IKnownFamilies, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;

    public KnownFamilies(OrchestratorMeter meter)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (meter.Is(instrument.Meter))
                {
                    Add(instrument);
                }
            },
        };
        _listener.Start();
    }

    public IReadOnlyList<MetricFamily> List()
    {
        lock (_lock)
        {
            return [.. _instruments.Select(static known => new MetricFamily(known.Key, MetricFamily.KindOf(known.Value), known.Value.Description ?? ""))];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument)
    {
        lock (_lock)
        {
            _instruments[PrometheusNames.Family(instrument.Name, instrument.Unit, MetricFamily.KindOf(instrument))] = instrument;
        }
    }
}
