using Orchestrator.Storage;
using Orchestrator.Storage.Signals;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>A store whose notifications are all lost on the way.</summary>
internal sealed class DeafStore(IStore store) : BorrowedStore(store)
{
    public override ISignalTransport Signals { get; } = new LossyTransport();

    private sealed class LossyTransport : ISignalTransport
    {
        public bool ReachesOthers => true;

        public Task SendAsync(SignalChannel channel, string payload, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ListenAsync(SignalChannel channel, Action listening, Action<string> received, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
