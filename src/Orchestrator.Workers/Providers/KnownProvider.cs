namespace Orchestrator.Workers.Providers;

/// <summary>A provider that needs nothing but its key.</summary>
/// <param name="KeySetting">Where the key is looked for when its section has none.</param>
public sealed record KnownProvider(string Name, string BaseUrl, string KeySetting)
{
    public static IReadOnlyList<KnownProvider> All { get; } =
    [
        new("openai", "https://api.openai.com/v1", "OPENAI_API_KEY"),
        new("xai", "https://api.x.ai/v1", "XAI_API_KEY"),
    ];

    public static KnownProvider? Find(string name) => All.FirstOrDefault(known => known.Name == name);
}
