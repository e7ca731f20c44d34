using System.Diagnostics.CodeAnalysis;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Contracts.Feed;

/// <summary>The system in numbers, as the live feed tells it.</summary>
public sealed record FeedStats : StatsResponse
{
    [SetsRequiredMembers]
    public FeedStats(StatsResponse stats)
        : base(stats)
    {
    }

    /// <summary>How much was left out for this client since the last message of this type, at most: some of it may have been told later.</summary>
    public long Skipped { get; init; }
}
