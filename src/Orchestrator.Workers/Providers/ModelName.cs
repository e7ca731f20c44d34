namespace Orchestrator.Workers.Providers;

/// <summary>A model of a provider, written <c>provider/model</c>; the model's own name may have slashes.</summary>
public sealed record ModelName(string Provider, string Model)
{
    /// <summary>The name, or null when it is not of that form.</summary>
    public static ModelName? Parse(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && slash < text.Length - 1 && !text.Any(char.IsWhiteSpace)
            ? new ModelName(text[..slash], text[(slash + 1)..])
            : null;

    public override string ToString() => $"{Provider}/{Model}";
}
