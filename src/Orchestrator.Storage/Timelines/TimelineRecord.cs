using Orchestrator.Core.Timeline;

namespace Orchestrator.Storage.Timelines;

/// <summary>Buckets of time that follow each other without a gap.</summary>
/// <param name="From">The start of the first.</param>
public sealed record TimelineRecord(DateTimeOffset From, TimeSpan BucketSize, IReadOnlyList<TimelineFigures> Buckets)
{
    public DateTimeOffset To => From + (BucketSize * Buckets.Count);
}
