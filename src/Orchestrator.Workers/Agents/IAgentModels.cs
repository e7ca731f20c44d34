using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents;

/// <summary>The models that agents are.</summary>
internal interface IAgentModels
{
    /// <summary>Why this process cannot ask a model; null when it can.</summary>
    string? FindObjection(string model);

    /// <summary>Has the first model, or one of those behind it, continue a conversation.</summary>
    /// <exception cref="ModelException">None of them answered.</exception>
    Task<ChatTurn> AnswerAsync(IReadOnlyList<string> models, Chat chat, Action<string>? onText, CancellationToken cancellationToken);
}
