using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Agents;

/// <summary>The models of the configured providers.</summary>
internal sealed class RouterModels(ModelRouter router, ProviderDirectory providers, IOptions<GenerationOptions> options) : IAgentModels
{
    private readonly CostBounds _costs = new(options.Value, providers);

    public string? FindObjection(string model) =>
        ModelName.Parse(model) is not { } name ? $"its model {model} is not of the form provider/model"
        : providers.FindMistake(name) is { } mistake ? $"its model {name} {mistake.TrimEnd('.')}"
        : providers.FindMissingKey(name)?.TrimEnd('.');

    public decimal? FindMaxCost(IReadOnlyList<string> models, int calls) => _costs.OfAttempt(Parse(models), calls);

    public Chat? Bound(IReadOnlyList<string> models, Chat chat, decimal? left) => _costs.Bound(Parse(models), chat, left);

    public Task<ChatTurn> AnswerAsync(IReadOnlyList<string> models, Chat chat, Action<string>? onText, CancellationToken cancellationToken) =>
        router.AnswerAsync(Parse(models), chat, onText, cancellationToken);

    private static List<ModelName> Parse(IReadOnlyList<string> models) => [.. models.Select(ModelName.Parse).OfType<ModelName>()];
}
