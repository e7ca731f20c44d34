using System.Text.Json;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Answers its input.</summary>
public sealed class EchoWorker : IWorker<JsonElement, JsonElement>
{
    public const string Action = "generation.echo";

    public Task<JsonElement> ExecuteAsync(JsonElement input, IWorkerContext context, CancellationToken cancellationToken) =>
        Task.FromResult(input);
}
