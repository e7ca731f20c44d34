using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Tests.Support;

/// <summary>The pool's instruments of one test, and their values.</summary>
internal sealed class Meters : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<PoolInstruments>().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _values = [];

    public Meters()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        Pool = _services.GetRequiredService<PoolInstruments>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory)
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
        _services.Dispose();
    }
}
