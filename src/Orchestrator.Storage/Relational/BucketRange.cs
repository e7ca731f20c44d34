using Orchestrator.Core.Timeline;

namespace Orchestrator.Storage.Relational;

/// <summary>Buckets of time that follow each other; the last one is not over yet.</summary>
internal readonly record struct BucketRange(DateTimeOffset From, TimeSpan Size, int Count)
{
    public static BucketRange Until(DateTimeOffset now, TimeSpan size, TimeSpan duration)
    {
        var count = Math.Max(1, (int)Math.Ceiling(duration / size));
        return new BucketRange(BucketSizes.StartOf(now, size) - (size * (count - 1)), size, count);
    }

    /// <summary>The place of the bucket that begins at a moment. A process that runs ahead counts what happens now.</summary>
    public int PlaceOf(DateTimeOffset at) => Math.Min((int)((at - From) / Size), Count - 1);
}
