using Orchestrator.Storage.Signals;

namespace Orchestrator.Storage.Sqlite;

/// <summary>SQLite serves one process, so there is nobody else to tell.</summary>
internal sealed class NoSignalTransport : ISignalTransport
{
    public bool ReachesOthers => false;

    public Task SendAsync(SignalChannel channel, string payload, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ListenAsync(SignalChannel channel, Action listening, Action<string> received, CancellationToken cancellationToken) =>
        new TaskCompletionSource().Task.WaitAsync(cancellationToken);
}
