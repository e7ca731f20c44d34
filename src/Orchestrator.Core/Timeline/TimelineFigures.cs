using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Timeline;

/// <summary>What happened in a span of time, added up. Any number of threads may add at the same time.</summary>
public sealed class TimelineFigures
{
    /// <summary>No figure of the usage is more: two of them still add up.</summary>
    public const long MostUsed = 4_500_000_000_000_000_000;

    private const decimal NanosPerUnit = 1_000_000_000;

    private long _submitted;
    private long _completed;
    private long _failed;
    private long _cancelled;
    private long _retried;
    private long _inputTokens;
    private long _outputTokens;
    private long _costNanos;

    /// <summary>Tasks that were stored.</summary>
    public long Submitted => Interlocked.Read(ref _submitted);

    /// <summary>Tasks whose result was accepted.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Tasks that failed for good.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public long Cancelled => Interlocked.Read(ref _cancelled);

    /// <summary>Attempts that failed and are repeated.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    public long InputTokens => Interlocked.Read(ref _inputTokens);

    public long OutputTokens => Interlocked.Read(ref _outputTokens);

    /// <summary>In billionths of the currency.</summary>
    public long CostNanos => Interlocked.Read(ref _costNanos);

    /// <summary>How long tasks had been ready when an attempt at them started.</summary>
    public DurationHistogram Waits { get; } = new();

    /// <summary>How long attempts ran.</summary>
    public DurationHistogram Durations { get; } = new();

    public void AddSubmitted(long tasks) => Interlocked.Add(ref _submitted, tasks);

    /// <summary>Counts a task that ended.</summary>
    public void AddEnd(TaskState state)
    {
        switch (state)
        {
            case TaskState.Completed:
                Interlocked.Increment(ref _completed);
                break;
            case TaskState.Failed:
                Interlocked.Increment(ref _failed);
                break;
            case TaskState.Cancelled:
                Interlocked.Increment(ref _cancelled);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, "A task does not end in this state.");
        }
    }

    public void AddRetried() => Interlocked.Increment(ref _retried);

    public void AddUsage(TaskUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        AddUsage(usage.InputTokens, usage.OutputTokens, (long)decimal.Round(usage.Cost * NanosPerUnit));
    }

    public void AddUsage(long inputTokens, long outputTokens, long costNanos)
    {
        AddBounded(ref _inputTokens, inputTokens);
        AddBounded(ref _outputTokens, outputTokens);
        AddBounded(ref _costNanos, costNanos);
    }

    public void AddCounts(long submitted, long completed, long failed, long cancelled, long retried)
    {
        Interlocked.Add(ref _submitted, submitted);
        Interlocked.Add(ref _completed, completed);
        Interlocked.Add(ref _failed, failed);
        Interlocked.Add(ref _cancelled, cancelled);
        Interlocked.Add(ref _retried, retried);
    }

    public void Add(TimelineFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        AddCounts(other.Submitted, other.Completed, other.Failed, other.Cancelled, other.Retried);
        AddUsage(other.InputTokens, other.OutputTokens, other.CostNanos);
        Waits.Add(other.Waits);
        Durations.Add(other.Durations);
    }

    private static void AddBounded(ref long sum, long value)
    {
        if (value <= 0)
        {
            return;
        }

        long before;
        do
        {
            before = Interlocked.Read(ref sum);
        }
        while (Interlocked.CompareExchange(ref sum, value > MostUsed - before ? MostUsed : before + value, before) != before);
    }
}
