namespace Orchestrator.Workers.Providers;

/// <summary>The configured providers by name. Section <c>Providers</c>.</summary>
public sealed class ProvidersOptions : Dictionary<string, ProviderOptions>
{
    public ProvidersOptions()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The provider with what is known of it beforehand, or null when nothing is known of it at all.</summary>
    /// <param name="setting">A setting outside the section, such as <c>OPENAI_API_KEY</c>.</param>
    public Provider? Find(string name, Func<string, string?> setting)
    {
        var known = KnownProvider.Find(name);
        if (!TryGetValue(name, out var options) && known is null)
        {
            return null;
        }

        var key = options?.ApiKey is { Length: > 0 } own ? own : known is null ? null : setting(known.KeySetting);
        return new Provider(
            name,
            options?.BaseUrl is { Length: > 0 } url ? url : known?.BaseUrl,
            string.IsNullOrEmpty(key) ? null : key,
            options?.Models is { Count: > 0 } models ? models : null)
        {
            Prices = options?.Prices?.ConvertAll(static price => price.ToPrice()) ?? [],
            TakesSchemas = options?.TakesSchemas ?? true,
        };
    }
}
