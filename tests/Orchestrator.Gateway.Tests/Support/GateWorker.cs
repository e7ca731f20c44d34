using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Runs until the test opens the gate of that name; then it answers the name.</summary>
public sealed class GateWorker(Gates gates) : IWorker<string, string>
{
    public const string Action = "test.gate";

    public async Task<string> ExecuteAsync(string input, IWorkerContext context, CancellationToken cancellationToken)
    {
        var gate = gates.Get(input);
        gate.Started.TrySetResult();
        await gate.Open.Task.WaitAsync(cancellationToken);
        return input;
    }
}
