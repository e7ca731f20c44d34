using Orchestrator.Runtime.Models;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Workers.Providers;

internal sealed class WatchedEmbeddingModel(IEmbeddingModel model, ModelWatch watch) : IEmbeddingModel
{
    public string Name => model.Name;

    public Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        watch.RunAsync(ModelOperation.Embeddings, () => model.EmbedAsync(texts, cancellationToken), static answer => answer.Usage);
}
