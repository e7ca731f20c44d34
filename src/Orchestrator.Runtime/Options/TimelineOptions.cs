using System.ComponentModel.DataAnnotations;
using Orchestrator.Core.Timeline;

namespace Orchestrator.Runtime.Options;

/// <summary>Rolled-up history, from which charts are drawn. Section <c>Timeline</c>.</summary>
public sealed class TimelineOptions
{
    public const string Section = "Timeline";

    /// <summary>No more buckets are kept.</summary>
    public const int MaxBuckets = 10_000;

    /// <summary>How far back a timeline goes unless asked otherwise, in seconds. Default: 3,600.</summary>
    [Range(1, 31_536_000)]
    public int DurationSeconds { get; set; } = 3_600;

    /// <summary>What figures are added up over: <c>seconds</c>, <c>minutes</c>, <c>hours</c> or <c>days</c>. All processes have the same. Default: <c>minutes</c>.</summary>
    public string BucketSize { get; set; } = BucketSizes.Minutes;

    /// <summary>How many times <c>DurationSeconds</c> figures are kept; at most 10,000 buckets in all. Default: 2.</summary>
    [Range(1, 1_000)]
    public double RetentionMultiplier { get; set; } = 2;

    /// <summary>How often a process writes what it has gathered. What a process has not written is lost from charts when it dies. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The length of a bucket.</summary>
    public TimeSpan Bucket => BucketSizes.Find(BucketSize) ?? throw new InvalidOperationException($"There are no buckets of {BucketSize}.");

    /// <summary>How long figures are kept.</summary>
    public TimeSpan Kept => TimeSpan.FromSeconds(DurationSeconds * RetentionMultiplier);
}
