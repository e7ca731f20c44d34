using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>What the maintenance services did.</summary>
public sealed class MaintenanceInstruments
{
    private readonly Counter<long> _rows;
    private readonly Counter<long> _failures;

    public MaintenanceInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _rows = source.CreateCounter<long>(InstrumentNames.MaintenanceRows, null, "Rows that maintenance moved on or removed, by kind.");
        _failures = source.CreateCounter<long>(InstrumentNames.MaintenanceFailures, null, "Rounds of maintenance that failed, by service.");
    }

    /// <param name="kind">One of a few names fixed in code. The label is not called <c>job</c>: Prometheus gives that name to what it scrapes.</param>
    public void OnRows(string kind, int rows)
    {
        if (rows > 0)
        {
            _rows.Add(rows, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    /// <param name="service">One of a few names fixed in code.</param>
    public void OnFailed(string service) => _failures.Add(1, Service(service));

    /// <summary>Shows a service before a round of it has failed.</summary>
    public void OnServiceKnown(string service) => _failures.Add(0, Service(service));

    private static KeyValuePair<string, object?> Service(string service) => new("service", service);
}
