namespace Orchestrator.Workers.Providers;

/// <summary>A provider as it is in force.</summary>
/// <param name="Models">The models that may be asked for; null for any.</param>
public sealed record Provider(string Name, string? BaseUrl, string? ApiKey, IReadOnlyList<string>? Models)
{
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
