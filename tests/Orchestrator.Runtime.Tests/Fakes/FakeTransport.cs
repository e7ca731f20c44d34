using System.Threading.Channels;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Collects what is sent and hands on what a test says was received.</summary>
internal sealed class FakeTransport(bool reachesOthers) : ISignalTransport
{
    private readonly Channel<Action<Action<string>>> _incoming = Channel.CreateUnbounded<Action<Action<string>>>();
    private readonly Channel<Action<Action<string>>> _incomingNews = Channel.CreateUnbounded<Action<Action<string>>>();

    public Channel<string> Sent { get; } = Channel.CreateUnbounded<string>();

    public Channel<string> SentNews { get; } = Channel.CreateUnbounded<string>();

    public int Connections { get; private set; }

    public bool ReachesOthers { get; } = reachesOthers;

    public void Deliver(string payload) => _incoming.Writer.TryWrite(received => received(payload));

    public void DeliverNews(string payload) => _incomingNews.Writer.TryWrite(received => received(payload));

    public void Break() => _incoming.Writer.TryWrite(_ => throw new IOException("The connection broke."));

    public Task SendAsync(SignalChannel channel, string payload, CancellationToken cancellationToken) =>
        (channel == SignalChannel.Feed ? SentNews : Sent).Writer.WriteAsync(payload, cancellationToken).AsTask();

    public async Task ListenAsync(SignalChannel channel, Action listening, Action<string> received, CancellationToken cancellationToken)
    {
        Connections++;
        listening();
        await foreach (var step in (channel == SignalChannel.Feed ? _incomingNews : _incoming).Reader.ReadAllAsync(cancellationToken))
        {
            step(received);
        }
    }
}
