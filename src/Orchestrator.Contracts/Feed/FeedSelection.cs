namespace Orchestrator.Contracts.Feed;

/// <summary>What a client of the live feed wants to be told.</summary>
/// <param name="Workspaces">Only what happens in these; null for all that it may see.</param>
/// <param name="Types">Only messages of these types; null for all but <c>task.chunk</c>.</param>
public sealed record FeedSelection(IReadOnlyList<string>? Workspaces, IReadOnlyList<string>? Types);
