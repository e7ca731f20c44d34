namespace Orchestrator.Core.Priorities;

/// <summary>How long scores are kept, and how many.</summary>
public sealed record ScoreCacheOptions
{
    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(30);
    public const int DefaultMaxEntries = 20_000;
    public const int DefaultMaxEntriesPerWorkspace = 2_000;
    public const int DefaultMaxVectorValues = 8 * 1024 * 1024;
    public const double DefaultMinSimilarity = 0.92;

    /// <summary>Counted from when the score was put in; being read does not prolong it.</summary>
    public TimeSpan TimeToLive { get; init; } = DefaultTimeToLive;

    public int MaxEntries { get; init; } = DefaultMaxEntries;

    /// <summary>So that a workspace of many kinds of tasks pushes out its own scores, not everybody's.</summary>
    public int MaxEntriesPerWorkspace { get; init; } = DefaultMaxEntriesPerWorkspace;

    /// <summary>How many values all embeddings may have together, of four bytes each.</summary>
    public int MaxVectorValues { get; init; } = DefaultMaxVectorValues;

    /// <summary>The cosine from which the nearest embedding answers, above 0 and up to 1.</summary>
    public double MinSimilarity { get; init; } = DefaultMinSimilarity;
}
