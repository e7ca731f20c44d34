using System.Text.Json.Serialization;

namespace Orchestrator.Workers.Summaries;

/// <summary>Input of <c>generation.summary</c>.</summary>
public sealed record SummaryInput
{
    public const int DefaultMaxSentences = 5;
    public const int MinMaxSentences = 1;
    public const int MaxMaxSentences = 50;

    /// <summary>The text, in any language that has sentences.</summary>
    [JsonRequired]
    public required string Text { get; init; }

    /// <summary>The most sentences the summary has, 1 to 50. Default: 5.</summary>
    public int? MaxSentences { get; init; }

    /// <summary>The text's language (ISO 639-1). Default: guessed.</summary>
    public string? Language { get; init; }
}
