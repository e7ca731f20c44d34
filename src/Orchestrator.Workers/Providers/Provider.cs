namespace Orchestrator.Workers.Providers;

/// <summary>A provider as it is in force.</summary>
/// <param name="Models">The models that may be asked for; null for any.</param>
public sealed record Provider(string Name, string? BaseUrl, string? ApiKey, IReadOnlyList<string>? Models)
{
    public IReadOnlyList<ModelPrice> Prices { get; init; } = [];

    /// <summary>Whether it can be told the JSON Schema of an answer; otherwise the model is told in words.</summary>
    public bool TakesSchemas { get; init; } = true;

    /// <summary>Whether it is one of <see cref="KnownProvider"/> where that one is at home.</summary>
    public bool IsKnown => KnownProvider.Find(Name) is { } known && BaseUrl == known.BaseUrl;

    /// <summary>Whether it needs a key and has none.</summary>
    public bool LacksKey => IsKnown && ApiKey is null;

    public ModelPrice? PriceOf(string model) => Prices.FirstOrDefault(price => price.Model == model);

    public bool Offers(string model) => Models is null || Models.Contains(model, StringComparer.Ordinal);

    /// <summary>What is wrong with <see cref="BaseUrl"/>; null when it can be used.</summary>
    public string? FindUrlMistake() =>
        BaseUrl is null ? "is missing."
        : !Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? "is no address of the form https://host/path."
        : url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 ? "has more than scheme, host, port and path; it is not repeated here, because it may hold a secret."
        : null;

    /// <summary>Whether the key can stand in a header.</summary>
    public bool HasUsableKey() => ApiKey is null || ApiKey.All(static letter => letter is > ' ' and <= '~');

    /// <summary>Without the key, so that no log shows it.</summary>
    public override string ToString() => $"{Name} at {BaseUrl}";
}
