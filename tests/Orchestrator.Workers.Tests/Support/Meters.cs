using System.Diagnostics.Metrics;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Tests.Support;

/// <summary>The pool's instruments of one test, and their values.</summary>
internal sealed class Meters : IDisposable
{
    private readonly OrchestratorMeter _meter = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _values = [];

    public Meters()
    {
        Pool = new PoolInstruments(_meter, new LeaseInstruments(_meter));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meter.Is(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (_values)
            {
                _values[instrument.Name] = instrument is Counter<long> ? _values.GetValueOrDefault(instrument.Name) + value : value;
            }
        });
        _listener.Start();
    }

    public PoolInstruments Pool { get; }

    public long Read(string name)
    {
        _listener.RecordObservableInstruments();
        lock (_values)
        {
            return _values.GetValueOrDefault(name);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }
}
