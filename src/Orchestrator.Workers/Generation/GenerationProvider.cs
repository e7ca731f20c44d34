using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary>Offers the actions that ask models. Without a configured model they cannot be served, and say what is to be set.</summary>
internal sealed class GenerationProvider : IActionProvider
{
    public GenerationProvider(IOptions<GenerationOptions> options, ProviderDirectory providers, ModelRouter router, TimeProvider time)
    {
        var generation = options.Value;
        var choice = new ModelChoice(generation, providers);
        var costs = new CostBounds(generation, providers);
        Actions =
        [
            Describe(TextExecutor.Action, new TextExecutor(generation, choice, costs, router, time), choice.Chat, nameof(GenerationOptions.Model), costs.OfAttempt(choice.Chat, calls: 1)),
            Describe(JsonExecutor.Action, new JsonExecutor(generation, choice, costs, router), choice.Chat, nameof(GenerationOptions.Model), costs.OfAttempt(choice.Chat, JsonExecutor.Calls)),
            Describe(EmbeddingsExecutor.Action, new EmbeddingsExecutor(generation, choice, router), choice.Embedding, nameof(GenerationOptions.EmbeddingModel), costs.OfAttempt(choice.Embedding, calls: 1, hasOutput: false)),
        ];
    }

    public IReadOnlyList<ActionDescriptor> Actions { get; }

    public event Action? Changed
    {
        add { }
        remove { }
    }

    private static ActionDescriptor Describe(string action, IActionExecutor executor, IReadOnlyList<ModelName> models, string setting, decimal? maxCost) => new(action, executor)
    {
        MaxCost = maxCost,

        // While the last of them is ill, nothing is left to try.
        Provider = models.Count > 0 ? models[^1].Provider : null,
        UnavailableReason = models.Count > 0 ? null : $"{GenerationOptions.NoModel}: set {GenerationOptions.Section}:{setting} to provider/model, such as {(setting == nameof(GenerationOptions.EmbeddingModel) ? "openai/text-embedding-3-small" : "openai/gpt-4o-mini")}, and the key of its provider.",
    };
}
