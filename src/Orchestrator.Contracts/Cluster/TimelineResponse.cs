namespace Orchestrator.Contracts.Cluster;

/// <summary>What happened lately, in buckets of time that follow each other without a gap; those in which nothing happened are zeros.</summary>
public sealed record TimelineResponse
{
    /// <summary>How long a bucket is.</summary>
    public required int BucketSeconds { get; init; }

    /// <summary>The start of the first bucket.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the last bucket, which is not over yet.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<TimelineBucketResponse> Buckets { get; init; }

    /// <summary>All buckets together.</summary>
    public required TimelineFiguresResponse Totals { get; init; }
}
