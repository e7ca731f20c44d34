namespace Orchestrator.Storage.Failures;

/// <summary>A place in a list of groups.</summary>
/// <param name="Rank">What the list is ordered by: failed tasks, or microseconds since 1970.</param>
public sealed record ErrorPlace(long Rank, string Fingerprint);
