using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Agents;

/// <summary>The models of the configured providers.</summary>
internal sealed class RouterModels(ModelRouter router, ProviderDirectory providers) : IAgentModels
{
    public string? FindObjection(string model) =>
        ModelName.Parse(model) is not { } name ? $"its model {model} is not of the form provider/model"
        : providers.FindMistake(name) is { } mistake ? $"its model {name} {mistake.TrimEnd('.')}"
        : providers.FindMissingKey(name)?.TrimEnd('.');

    public Task<ChatTurn> AnswerAsync(IReadOnlyList<string> models, Chat chat, Action<string>? onText, CancellationToken cancellationToken) =>
        router.AnswerAsync([.. models.Select(static model => ModelName.Parse(model)!)], chat, onText, cancellationToken);
}
