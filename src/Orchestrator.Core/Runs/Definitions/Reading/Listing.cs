namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Words in a sentence.</summary>
internal static class Listing
{
    /// <summary>"a, b and c".</summary>
    public static string Of(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}";
}
