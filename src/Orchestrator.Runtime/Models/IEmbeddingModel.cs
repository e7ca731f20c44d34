namespace Orchestrator.Runtime.Models;

/// <summary>A model that places texts so that what means the same stands close together.</summary>
public interface IEmbeddingModel
{
    /// <summary>The model as configured: <c>provider/model</c>.</summary>
    string Name { get; }

    /// <summary>Asks once, without retries, for a vector of each text; takes as long as <paramref name="cancellationToken"/> lets it.</summary>
    /// <exception cref="ModelException">The provider refused, failed, or answered what cannot be read.</exception>
    Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
