using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Has somebody else stand at the gates of its input, and answers their names together.</summary>
public sealed class DelegatingWorker : IWorker<string[], string>
{
    public const string Action = "test.delegating";

    public async Task<string> ExecuteAsync(string[] input, IWorkerContext context, CancellationToken cancellationToken)
    {
        var children = await context.DelegateAsync(GateWorker.Action, input, cancellationToken);
        return string.Concat((await context.WaitForAsync(children, cancellationToken)).Select(child => child.ResultAs<string>()));
    }
}
