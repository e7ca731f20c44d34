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
        _sent = meter.CreateCounter(InstrumentNames.SignalsSent, "Coalesced hints sent to the cluster.");
        _received = meter.CreateCounter(InstrumentNames.SignalsReceived, "Hints received from other processes.");
        _failures = meter.CreateCounter(InstrumentNames.SignalFailures, "Failures of the connections that carry hints.");
    }

    public void OnSent() => _sent.Add(1);

    public void OnReceived() => _received.Add(1);

    public void OnFailed() => _failures.Add(1);
}
