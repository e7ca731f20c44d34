using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents;

/// <summary>The models that agents are.</summary>
internal interface IAgentModels
{
    /// <summary>Why this process cannot ask a model; null when it can.</summary>
    string? FindObjection(string model);

    /// <summary>What asking these models so often can cost at most; null when that is not known.</summary>
    decimal? FindMaxCost(IReadOnlyList<string> models, int calls);

    /// <summary>The conversation with its output bounded by what may be spent; null when nothing is left for an answer.</summary>
    /// <param name="left">What may be spent; null for any amount.</param>
    Chat? Bound(IReadOnlyList<string> models, Chat chat, decimal? left);

    /// <summary>Has the first model, or one of those behind it, continue a conversation.</summary>
    /// <exception cref="ModelException">None of them answered.</exception>
    Task<ChatTurn> AnswerAsync(IReadOnlyList<string> models, Chat chat, Action<string>? onText, CancellationToken cancellationToken);
}
