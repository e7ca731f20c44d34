namespace Orchestrator.Workers.Providers;

/// <summary>The providers that are configured or known, by name.</summary>
public sealed class ProviderDirectory(IEnumerable<Provider> providers)
{
    private readonly Dictionary<string, Provider> _providers = providers.ToDictionary(static provider => provider.Name, StringComparer.Ordinal);

    public Provider? Find(string name) => _providers.GetValueOrDefault(name);

    /// <summary>What a million tokens of it cost; null when that is not known.</summary>
    public ModelPrice? PriceOf(ModelName name) => Find(name.Provider)?.PriceOf(name.Model);

    /// <summary>Why it is no model that can be asked for; null when it is one. Whether there is a key is another question.</summary>
    public string? FindMistake(ModelName name) =>
        Find(name.Provider) is not { } provider ? $"names the provider {name.Provider}, which is not configured."
        : !provider.Offers(name.Model) ? $"names the model {name.Model}, which is not among those of {name.Provider}."
        : null;

    /// <summary>Why a model that there is cannot be asked; null when it can.</summary>
    public string? FindMissingKey(ModelName name) => Find(name.Provider) is { LacksKey: true } provider
        ? $"There is no key for {name}: set {KnownProvider.Find(provider.Name)!.KeySetting} or {ProviderOptions.Section}:{provider.Name}:{nameof(ProviderOptions.ApiKey)}."
        : null;
}
