using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary>Which models a task is for.</summary>
internal sealed class ModelChoice
{
    private readonly ProviderDirectory _providers;

    public ModelChoice(GenerationOptions options, ProviderDirectory providers)
    {
        _providers = providers;
        Chat = [.. new[] { options.Model }.Concat(options.Fallbacks ?? []).Select(ParseOrNull).OfType<ModelName>()];
        Embedding = [.. new[] { options.EmbeddingModel }.Select(ParseOrNull).OfType<ModelName>()];
    }

    /// <summary>The configured models, the best first; empty when there is none.</summary>
    public IReadOnlyList<ModelName> Chat { get; }

    /// <summary>The configured model for vectors; empty when there is none.</summary>
    public IReadOnlyList<ModelName> Embedding { get; }

    /// <summary>The model that the input names, or else the configured ones.</summary>
    public IReadOnlyList<ModelName> Of(string? named, IReadOnlyList<ModelName> configured, InputFaults faults)
    {
        if (named is null)
        {
            return configured;
        }

        if (ModelName.Parse(named) is not { } name)
        {
            faults.Add("$.model", "must be provider/model, such as openai/gpt-4o-mini.");
            return [];
        }

        if (_providers.FindMistake(name) is { } mistake)
        {
            faults.Add("$.model", mistake);
        }

        return [name];
    }

    private static ModelName? ParseOrNull(string? text) => text is { Length: > 0 } ? ModelName.Parse(text) : null;
}
