using System.Globalization;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Writes as many chunks of output as it is told.</summary>
public sealed class ChattyWorker : IWorker<int, int>
{
    public const string Action = "test.chatty";

    public Task<int> ExecuteAsync(int input, IWorkerContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < input; i++)
        {
            context.AppendChunk(i.ToString(CultureInfo.InvariantCulture));
        }

        return Task.FromResult(input);
    }
}
