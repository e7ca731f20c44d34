namespace Orchestrator.Runtime.Models;

/// <summary>A model that continues conversations.</summary>
public interface IChatModel
{
    /// <summary>The model as configured: <c>provider/model</c>.</summary>
    string Name { get; }

    /// <summary>Asks once, without retries; takes as long as <paramref name="cancellationToken"/> and the model's own limits let it.</summary>
    /// <param name="onText">Gets the pieces of the text as they come, one at a time; null where nobody reads along.</param>
    /// <exception cref="ModelException">The provider refused, failed, or answered what cannot be read.</exception>
    Task<ChatTurn> AnswerAsync(Chat chat, Action<string>? onText, CancellationToken cancellationToken);
}
