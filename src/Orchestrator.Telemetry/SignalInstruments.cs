using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Hints between the processes of a cluster.</summary>
public sealed class SignalInstruments
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _received;
    private readonly Counter<long> _failures;

    public SignalInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _sent = source.CreateCounter<long>(InstrumentNames.SignalsSent, null, "Coalesced hints sent to the cluster.");
        _received = source.CreateCounter<long>(InstrumentNames.SignalsReceived, null, "Hints received from other processes.");
        _failures = source.CreateCounter<long>(InstrumentNames.SignalFailures, null, "Failures of the connections that carry hints.");
    }

    public void OnSent() => _sent.Add(1);

    public void OnReceived() => _received.Add(1);

    public void OnFailed() => _failures.Add(1);
}
