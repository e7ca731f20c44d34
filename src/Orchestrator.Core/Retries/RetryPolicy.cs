using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Retries;

/// <summary>Exponential backoff with full jitter, bounded by the task's attempts.</summary>
/// <param name="BaseDelay">Upper bound of the first delay; it doubles with each attempt.</param>
/// <param name="MaxDelay">Upper bound of every delay.</param>
public readonly record struct RetryPolicy(TimeSpan BaseDelay, TimeSpan MaxDelay)
{
    public static readonly TimeSpan DefaultBaseDelay = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan DefaultMaxDelay = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long to wait before the next attempt, or null when there is none: the error is final, or the attempts are used.
    /// A provider's <paramref name="retryAfter"/> is a lower bound that the cap does not shorten.
    /// </summary>
    /// <param name="error">Why the attempt failed.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="maxAttempts">How many there may be.</param>
    /// <param name="retryAfter">What the provider asked for, if it did.</param>
    /// <param name="jitter">A random number in [0, 1).</param>
    public TimeSpan? NextDelay(TaskError error, int attempt, int maxAttempts, TimeSpan? retryAfter, double jitter)
    {
        if (!error.Retryable || attempt >= maxAttempts)
        {
            return null;
        }

        var delay = Ceiling(attempt) * jitter;
        return retryAfter > delay ? retryAfter : delay;
    }

    /// <summary>The upper bound of the delay after <paramref name="attempt"/>: <c>min(MaxDelay, BaseDelay × 2^(attempt−1))</c>.</summary>
    public TimeSpan Ceiling(int attempt)
    {
        var factor = Math.Pow(2, Math.Min(attempt - 1, 62));
        return BaseDelay.Ticks * factor >= MaxDelay.Ticks ? MaxDelay : BaseDelay * factor;
    }
}
