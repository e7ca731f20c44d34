namespace Orchestrator.Contracts.Feed;

/// <summary>What is wrong with a message that a client of the live feed sent.</summary>
/// <param name="Detail">In a sentence.</param>
/// <param name="Errors">Messages by JSON Pointer; every mistake is named.</param>
public sealed record FeedProblem(string Detail, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors);
