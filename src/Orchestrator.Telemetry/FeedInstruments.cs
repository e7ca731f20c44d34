using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>The live feed: who looks on, what is told, what is left out.</summary>
public sealed class FeedInstruments
{
    private readonly Counter<long> _messages;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _sent;
    private long _clients;

    public FeedInstruments(OrchestratorMeter meter)
    {
        meter.Meter.CreateObservableGauge(InstrumentNames.FeedClients, () => Interlocked.Read(ref _clients), null, "Clients of the live feed at this gateway.");
        _messages = meter.CreateCounter(InstrumentNames.FeedMessages, "Messages that clients of the live feed were sent.");
        _skipped = meter.CreateCounter(InstrumentNames.FeedSkipped, "News and messages that the live feed left out because there were too many.");
        _dropped = meter.CreateCounter(InstrumentNames.FeedDropped, "Clients of the live feed that were dropped because they did not keep up.");
        _sent = meter.CreateCounter(InstrumentNames.FeedNewsSent, "News that this process named to live feeds of other gateways.");
    }

    public void OnConnected() => Interlocked.Increment(ref _clients);

    public void OnDisconnected() => Interlocked.Decrement(ref _clients);

    public void OnMessages(int count) => _messages.Add(count);

    public void OnSkipped(long count)
    {
        if (count > 0)
        {
            _skipped.Add(count);
        }
    }

    public void OnDropped() => _dropped.Add(1);

    public void OnSent(int news) => _sent.Add(news);
}
