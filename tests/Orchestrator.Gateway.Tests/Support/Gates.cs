using System.Collections.Concurrent;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Lets tests hold workers back.</summary>
public sealed class Gates
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new();

    public Gate Get(string name) => _gates.GetOrAdd(name, _ => new Gate());

    /// <summary>Completes once a worker stands at the gate.</summary>
    public Task StartedAsync(string name) => Get(name).Started.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Open(string name) => Get(name).Open.TrySetResult();

    public void OpenAll()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Open.TrySetResult();
        }
    }

    public sealed class Gate
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
