using System.Text.Json;
using OpenAI.Embeddings;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

internal sealed class OpenAiEmbeddingModel(Provider provider, string model, EmbeddingClient client, ModelLimits limits, TimeProvider time) : IEmbeddingModel
{
    private readonly ModelPrice? _price = provider.PriceOf(model);

    public string Name { get; } = new ModelName(provider.Name, model).ToString();

    public Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model, input = texts, encoding_format = "float" });
        return ModelCall.RunAsync(Name, limits, time, call => EmbedAsync(call, body, texts.Count), cancellationToken);
    }

    private async Task<EmbeddingAnswer> EmbedAsync(ModelCall call, byte[] body, int count)
    {
        using var response = await call.SendAsync(
            body, (content, options) => client.GenerateEmbeddingsAsync(content, options), limits.Answer).ConfigureAwait(false);
        return await call.ReadAsync(response, answer => Read(call, answer, count)).ConfigureAwait(false);
    }

    private EmbeddingAnswer Read(ModelCall call, JsonElement answer, int count)
    {
        var vectors = new ReadOnlyMemory<float>[count];
        var position = 0;
        foreach (var item in answer.Find("data", JsonValueKind.Array)?.EnumerateArray() ?? default)
        {
            var index = item.Find("index", JsonValueKind.Number) is { } number && number.TryGetInt32(out var given) ? given : position;
            position++;
            if (index >= 0 && index < count && item.Find("embedding", JsonValueKind.Array) is { } vector)
            {
                vectors[index] = vector.EnumerateArray().Select(static value => value.GetSingle()).ToArray();
            }
        }

        return vectors.All(static vector => !vector.IsEmpty)
            ? new EmbeddingAnswer(vectors, answer.FindUsage(_price))
            : throw call.Invalid("answered without a vector for each text.");
    }
}
