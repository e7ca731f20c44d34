namespace Orchestrator.Contracts.Resources;

/// <summary>What there was of a resource lately, in buckets of time that follow each other without a gap.</summary>
public sealed record ResourceLevelsResponse
{
    /// <summary>How long a bucket is.</summary>
    public required int BucketSeconds { get; init; }

    /// <summary>The start of the first bucket.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the last bucket, which is not over yet.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<ResourceLevelResponse> Buckets { get; init; }
}
