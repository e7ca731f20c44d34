namespace Orchestrator.Runtime.Models;

/// <summary>A model that answers texts.</summary>
public interface IChatModel
{
    /// <summary>The model as configured: <c>provider/model</c>.</summary>
    string Name { get; }

    /// <summary>Asks once, without retries; takes as long as <paramref name="cancellationToken"/> lets it.</summary>
    /// <exception cref="ModelException">The provider refused, failed, or answered what cannot be read.</exception>
    Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken);
}
