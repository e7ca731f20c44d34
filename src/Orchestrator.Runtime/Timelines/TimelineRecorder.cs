using Microsoft.Extensions.Options;
using Orchestrator.Core.Tasks;
using Orchestrator.Core.Timeline;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Runtime.Timelines;

/// <summary>
/// Gathers in memory what this process commits, for <see cref="TimelineService"/> to write every few seconds. Whoever tells it of
/// something adds a few numbers and waits for nobody.
/// </summary>
public sealed class TimelineRecorder
{
    /// <summary>While the store is away, the oldest buckets beyond so many cells are forgotten.</summary>
    private const int MaxCells = 5_000;

    /// <summary>A clock that differs by less is taken for the same.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _size;
    private readonly Lock _lock = new();
    private readonly List<TimelineBucket> _buckets;
    private TimelineBucket _current;
    private long _offsetTicks;

    public TimelineRecorder(IOptions<TimelineOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _timeProvider = timeProvider;
        _size = options.Value.Bucket;
        _current = new TimelineBucket(BucketSizes.StartOf(Now, _size));
        _buckets = [_current];
    }

    /// <summary>What failed.</summary>
    internal ErrorGatherer Errors { get; } = new();

    private DateTimeOffset Now => _timeProvider.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    /// <param name="waited">How long its task had been ready.</param>
    public void OnAttemptStarted(long workspaceKey, string action, TimeSpan waited)
    {
        var cell = BucketAt(Now).Cell(workspaceKey, action);
        cell.Figures.Waits.Add(waited);
        cell.MarkChanged();
    }

    /// <summary>Counts settlements that are committed.</summary>
    public void OnSettled(IReadOnlyList<Settlement> settlements, IReadOnlyList<SettlementResult> results)
    {
        ArgumentNullException.ThrowIfNull(settlements);
        ArgumentNullException.ThrowIfNull(results);
        var now = Now;
        var bucket = BucketAt(now);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] is SettlementResult.Accepted or SettlementResult.Parked && !settlements[i].IsRepeated)
            {
                OnSettled(bucket, now, settlements[i], results[i]);
            }
        }
    }

    /// <summary>Counts what else transactions did to tasks.</summary>
    public void OnNews(TaskNews news)
    {
        ArgumentNullException.ThrowIfNull(news);
        var now = Now;
        var bucket = BucketAt(now);
        foreach (var ((workspaceKey, action), count) in news.Submitted)
        {
            var cell = bucket.Cell(workspaceKey, action);
            cell.Figures.AddSubmitted(count);
            cell.MarkChanged();
        }

        foreach (var task in news.Ended)
        {
            var cell = bucket.Cell(task.WorkspaceKey, task.Action);
            cell.Figures.AddEnd(task.State);
            cell.MarkChanged();
            if (task.Error is { Code: not ErrorCodes.Cancelled } error)
            {
                Errors.OnFailed(task.WorkspaceKey, task.Action, error, task.Id, now);
            }
        }

        foreach (var (workspaceKey, action, usage) in news.Used)
        {
            var cell = bucket.Cell(workspaceKey, action);
            cell.Figures.AddUsage(usage);
            cell.MarkChanged();
        }
    }

    /// <summary>What is to be written.</summary>
    internal IReadOnlyList<TimelineBucket> ListBuckets()
    {
        lock (_lock)
        {
            BucketAtNeedsLock(BucketSizes.StartOf(Now, _size));
            return [.. _buckets];
        }
    }

    /// <summary>Forgets a bucket that is over and written, unless it has become the current one again.</summary>
    internal void Forget(TimelineBucket bucket)
    {
        lock (_lock)
        {
            if (bucket != _current)
            {
                _buckets.Remove(bucket);
            }
        }
    }

    /// <summary>Forgets the oldest buckets where there are too many cells to keep; answers how many buckets.</summary>
    internal int ForgetBeyondBound()
    {
        lock (_lock)
        {
            var cells = _buckets.Sum(static bucket => bucket.Count);
            var forgotten = 0;
            foreach (var bucket in _buckets.Where(bucket => bucket != _current).OrderBy(static bucket => bucket.At).ToList())
            {
                if (cells <= MaxCells)
                {
                    break;
                }

                cells -= bucket.Count;
                forgotten++;
                _buckets.Remove(bucket);
            }

            return forgotten;
        }
    }

    /// <summary>Has buckets begin by the store's clock, as those of all processes do.</summary>
    internal void FollowClock(DateTimeOffset storeNow)
    {
        var offset = storeNow - _timeProvider.GetUtcNow();
        if ((offset - TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks))).Duration() > ClockTolerance)
        {
            Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
        }
    }

    private void OnSettled(TimelineBucket bucket, DateTimeOffset now, Settlement settlement, SettlementResult result)
    {
        var cell = bucket.Cell(settlement.WorkspaceKey, settlement.Action);
        var parked = result == SettlementResult.Parked;
        var outcome = settlement.Outcome is AttemptOutcome.Refused refused && !parked ? refused.Otherwise : settlement.Outcome;
        switch (outcome)
        {
            case AttemptOutcome.Completed:
                cell.Figures.AddEnd(TaskState.Completed);
                break;
            case AttemptOutcome.Failed failed:
                cell.Figures.AddEnd(TaskState.Failed);
                Errors.OnFailed(settlement.WorkspaceKey, settlement.Action, failed.Error, settlement.Lease.TaskId, now);
                break;
            case AttemptOutcome.Retried retried:
                cell.Figures.AddRetried();
                Errors.OnRetried(settlement.WorkspaceKey, settlement.Action, retried.Error, settlement.Lease.TaskId, now);
                break;
        }

        if (settlement.Outcome.Usage is { } usage)
        {
            cell.Figures.AddUsage(usage);
        }

        // Nobody knows how long an attempt ran that fell silent.
        if (!settlement.OfExpiredLease && outcome is not AttemptOutcome.HandedBack)
        {
            cell.Figures.Durations.Add(settlement.Ran);
        }

        cell.MarkChanged();
    }

    private TimelineBucket BucketAt(DateTimeOffset now)
    {
        var start = BucketSizes.StartOf(now, _size);
        var current = Volatile.Read(ref _current);
        if (current.At == start)
        {
            return current;
        }

        lock (_lock)
        {
            return BucketAtNeedsLock(start);
        }
    }

    private TimelineBucket BucketAtNeedsLock(DateTimeOffset start)
    {
        if (_current.At != start)
        {
            // A clock that was set back comes to a bucket that is over once more.
            var bucket = _buckets.Find(known => known.At == start);
            if (bucket is null)
            {
                bucket = new TimelineBucket(start);
                _buckets.Add(bucket);
            }

            Volatile.Write(ref _current, bucket);
        }

        return _current;
    }
}
