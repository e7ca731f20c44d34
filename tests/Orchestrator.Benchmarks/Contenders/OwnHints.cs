using Orchestrator.Runtime.Signals;
using Orchestrator.Storage;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Tells our silos what a gateway tells them after a submission.</summary>
internal static class OwnHints
{
    private static readonly string Ready = ClusterHintFormat.Write(
        "benchmark", new ClusterHint(Ready: true, Due: false, Drain: false, TaskHashes.None, TaskHashes.None));

    public static Task TasksAreReadyAsync(IStore store) => store.Signals.SendAsync(SignalChannel.Hints, Ready, CancellationToken.None);
}
