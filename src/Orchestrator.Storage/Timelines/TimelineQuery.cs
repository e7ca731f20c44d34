namespace Orchestrator.Storage.Timelines;

/// <summary>Which figures to add up.</summary>
/// <param name="BucketSize">The buckets of the answer.</param>
/// <param name="Duration">How far back the first bucket begins at least, from the store's time on.</param>
public sealed record TimelineQuery(TimeSpan BucketSize, TimeSpan Duration)
{
    /// <summary>Only of these workspaces; null for all.</summary>
    public IReadOnlyCollection<string>? Workspaces { get; init; }

    /// <summary>Only of this action; null for all.</summary>
    public string? Action { get; init; }
}
