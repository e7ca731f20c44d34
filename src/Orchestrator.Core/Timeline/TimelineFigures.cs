using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Timeline;

/// <summary>What happened in a span of time, added up. One thread at a time.</summary>
public sealed class TimelineFigures
{
    /// <summary>No figure of the usage is more: two of them still add up.</summary>
    public const long MostUsed = 4_500_000_000_000_000_000;

    private const decimal NanosPerUnit = 1_000_000_000;

    /// <summary>Tasks that were stored.</summary>
    public long Submitted { get; private set; }

    /// <summary>Tasks whose result was accepted.</summary>
    public long Completed { get; private set; }

    /// <summary>Tasks that failed for good.</summary>
    public long Failed { get; private set; }

    public long Cancelled { get; private set; }

    /// <summary>Attempts that failed and are repeated.</summary>
    public long Retried { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>In billionths of the currency.</summary>
    public long CostNanos { get; private set; }

    /// <summary>How long tasks had been ready when an attempt at them started.</summary>
    public DurationHistogram Waits { get; } = new();

    /// <summary>How long attempts ran.</summary>
    public DurationHistogram Durations { get; } = new();

    public void AddSubmitted(long tasks) => Submitted += tasks;

    /// <summary>Counts a task that ended.</summary>
    public void AddEnd(TaskState state)
    {
        switch (state)
        {
            case TaskState.Completed:
                Completed++;
                break;
            case TaskState.Failed:
                Failed++;
                break;
            case TaskState.Cancelled:
                Cancelled++;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, "A task does not end in this state.");
        }
    }

    public void AddRetried() => Retried++;

    public void AddUsage(TaskUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        AddUsage(usage.InputTokens, usage.OutputTokens, (long)decimal.Round(usage.Cost * NanosPerUnit));
    }

    public void AddUsage(long inputTokens, long outputTokens, long costNanos)
    {
        InputTokens = Bounded(InputTokens, inputTokens);
        OutputTokens = Bounded(OutputTokens, outputTokens);
        CostNanos = Bounded(CostNanos, costNanos);
    }

    public void AddCounts(long submitted, long completed, long failed, long cancelled, long retried)
    {
        Submitted += submitted;
        Completed += completed;
        Failed += failed;
        Cancelled += cancelled;
        Retried += retried;
    }

    public void Add(TimelineFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        AddCounts(other.Submitted, other.Completed, other.Failed, other.Cancelled, other.Retried);
        AddUsage(other.InputTokens, other.OutputTokens, other.CostNanos);
        Waits.Add(other.Waits);
        Durations.Add(other.Durations);
    }

    private static long Bounded(long sum, long value) => value <= 0 ? sum : value > MostUsed - sum ? MostUsed : sum + value;
}
