namespace Orchestrator.Storage.Resources;

/// <summary>Buckets of time that follow each other without a gap, and what there was of a resource in each.</summary>
/// <param name="From">The start of the first.</param>
/// <param name="Samples">Null where nobody looked.</param>
public sealed record LevelRecord(DateTimeOffset From, TimeSpan BucketSize, IReadOnlyList<LevelSample?> Samples)
{
    public DateTimeOffset To => From + (BucketSize * Samples.Count);
}
