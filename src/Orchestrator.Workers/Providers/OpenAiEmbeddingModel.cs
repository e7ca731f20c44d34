using OpenAI.Embeddings;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

internal sealed class OpenAiEmbeddingModel(ModelName name, EmbeddingClient client) : IEmbeddingModel
{
    public string Name { get; } = name.ToString();

    public Task<EmbeddingAnswer> EmbedAsync(string text, CancellationToken cancellationToken) => OpenAiCall.RunAsync(
        Name,
        async () =>
        {
            var answer = await client.GenerateEmbeddingsAsync([text], cancellationToken: cancellationToken).ConfigureAwait(false);
            return new EmbeddingAnswer(
                answer.Value[0].ToFloats(),
                answer.Value.Usage is { } usage ? new TaskUsage(usage.InputTokenCount) : null);
        });
}
