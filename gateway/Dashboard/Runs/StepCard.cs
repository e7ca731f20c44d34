namespace Orchestrator.Gateway.Dashboard.Runs;

/// <summary>A step as its box in the graph shows it.</summary>
/// <param name="Status">Null for a step of a definition, which stands nowhere.</param>
/// <param name="Note">What it does, or waits for.</param>
/// <param name="Items">How many items are in each state; null for a step without.</param>
/// <param name="Link">Where to read more of it, and act.</param>
public sealed record StepCard(string Id, string Title, string? Status, string? Note, IReadOnlyDictionary<string, int>? Items, string Link)
{
    /// <summary>All of it in words, also what has no room in the box.</summary>
    public string Label
    {
        get
        {
            IEnumerable<string?> parts = [$"Step {Title}", Status, Note, .. Items?.Select(state => $"{state.Value} {state.Key}") ?? []];
            return string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        }
    }
}
