namespace Orchestrator.Contracts;

/// <summary>A part of a list.</summary>
/// <param name="Items">The entries, in the list's order.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next part; null at the end of the list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
