using Orchestrator.Contracts.Cluster;
using Orchestrator.Core.Timeline;
using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Gateway.Responses;

internal static class TimelineMapper
{
    private const decimal NanosPerUnit = 1_000_000_000;

    private const int QuantileDigits = 3;

    public static TimelineResponse ToResponse(this TimelineRecord timeline)
    {
        var totals = new TimelineFigures();
        foreach (var bucket in timeline.Buckets)
        {
            totals.Add(bucket);
        }

        return new TimelineResponse
        {
            BucketSeconds = (int)timeline.BucketSize.TotalSeconds,
            From = timeline.From,
            To = timeline.To,
            Buckets = [.. timeline.Buckets.Select((figures, place) => ToBucket(timeline.From + (timeline.BucketSize * place), figures))],
            Totals = ToTotals(totals),
        };
    }

    public static ErrorGroupResponse ToResponse(this ErrorRecord error) => new()
    {
        Fingerprint = error.Group.Fingerprint,
        Workspace = error.Workspace,
        Action = error.Group.Action,
        Code = error.Group.Code,
        Message = error.Group.Message,
        Failed = error.Group.Failed,
        Retried = error.Group.Retried,
        FirstAt = error.Group.FirstAt,
        LastAt = error.Group.LastAt,
        LastTaskId = error.Group.LastTaskId,
    };

    private static TimelineBucketResponse ToBucket(DateTimeOffset at, TimelineFigures figures) => new()
    {
        At = at,
        Submitted = figures.Submitted,
        Completed = figures.Completed,
        Failed = figures.Failed,
        Cancelled = figures.Cancelled,
        Retried = figures.Retried,
        QueueP50 = Quantile(figures.Waits, 0.5),
        QueueP95 = Quantile(figures.Waits, 0.95),
        QueueP99 = Quantile(figures.Waits, 0.99),
        DurationP50 = Quantile(figures.Durations, 0.5),
        DurationP95 = Quantile(figures.Durations, 0.95),
        DurationP99 = Quantile(figures.Durations, 0.99),
        InputTokens = figures.InputTokens,
        OutputTokens = figures.OutputTokens,
        Cost = figures.CostNanos / NanosPerUnit,
    };

    private static TimelineFiguresResponse ToTotals(TimelineFigures figures)
    {
        var all = ToBucket(default, figures);
        return new TimelineFiguresResponse
        {
            Submitted = all.Submitted,
            Completed = all.Completed,
            Failed = all.Failed,
            Cancelled = all.Cancelled,
            Retried = all.Retried,
            QueueP50 = all.QueueP50,
            QueueP95 = all.QueueP95,
            QueueP99 = all.QueueP99,
            DurationP50 = all.DurationP50,
            DurationP95 = all.DurationP95,
            DurationP99 = all.DurationP99,
            InputTokens = all.InputTokens,
            OutputTokens = all.OutputTokens,
            Cost = all.Cost,
        };
    }

    private static double? Quantile(DurationHistogram histogram, double share) =>
        histogram.Quantile(share) is { } seconds ? Significant(seconds) : null;

    /// <summary>Without digits that mean nothing.</summary>
    private static double Significant(double seconds) =>
        Math.Round(seconds, Math.Max(0, QuantileDigits - 1 - (int)Math.Floor(Math.Log10(seconds))));
}
