using System.Globalization;
using System.Text;

namespace Orchestrator.Core.Timeline;

/// <summary>
/// Counts durations in buckets whose bounds grow by the eighth root of two, from 1 ms to about 37 hours. A quantile is the geometric
/// middle of the bucket that holds it, so it is wrong by at most 4.5 %; what is shorter counts as 1 ms, what is longer as the
/// last bound. Any number of threads may add at the same time.
/// </summary>
public sealed class DurationHistogram
{
    private const int BucketsPerDoubling = 8;
    private const int Buckets = (27 * BucketsPerDoubling) + 1;
    private const double FirstBound = 0.001;

    private long[]? _counts;

    /// <summary>How many durations were added.</summary>
    public long Count => _counts?.Sum() ?? 0;

    public void Add(TimeSpan duration) => Interlocked.Increment(ref Counts()[BucketOf(duration.TotalSeconds)]);

    public void Add(DurationHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var bucket = 0; other._counts is { } counts && bucket < Buckets; bucket++)
        {
            if (Interlocked.Read(ref counts[bucket]) is > 0 and var count)
            {
                Interlocked.Add(ref Counts()[bucket], count);
            }
        }
    }

    /// <summary>The duration in seconds that a share of all do not exceed; null when there are none.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    public double? Quantile(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        if (left <= 0)
        {
            return null;
        }

        var bucket = -1;
        while (left > 0)
        {
            bucket++;
            left -= _counts![bucket];
        }

        return bucket == 0 ? FirstBound : FirstBound * Math.Pow(2, (bucket - 0.5) / BucketsPerDoubling);
    }

    /// <summary>The buckets that are not empty, as <c>bucket:count</c>, with spaces between them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var bucket = 0; _counts is { } counts && bucket < Buckets; bucket++)
        {
            if (Interlocked.Read(ref counts[bucket]) is > 0 and var count)
            {
                text.Append(text.Length == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{bucket}:{count}");
            }
        }

        return text.ToString();
    }

    /// <summary>Adds what <see cref="ToString"/> wrote.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split(' '))
        {
            var entry = text[part];
            if (entry.IndexOf(':') is > 0 and var colon)
            {
                var bucket = int.Parse(entry[..colon], NumberStyles.None, CultureInfo.InvariantCulture);
                Interlocked.Add(ref Counts()[Math.Min(bucket, Buckets - 1)], long.Parse(entry[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture));
            }
        }
    }

    private static int BucketOf(double seconds) =>
        seconds <= FirstBound ? 0 : Math.Min((int)Math.Ceiling(Math.Log2(seconds / FirstBound) * BucketsPerDoubling), Buckets - 1);

    private long[] Counts() =>
        Volatile.Read(ref _counts) ?? Interlocked.CompareExchange(ref _counts, new long[Buckets], null) ?? _counts!;
}
