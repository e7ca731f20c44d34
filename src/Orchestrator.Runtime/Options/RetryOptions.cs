using System.ComponentModel.DataAnnotations;
using Orchestrator.Core.Retries;

namespace Orchestrator.Runtime.Options;

/// <summary>Backoff between attempts; each action may override it. Section <c>Retries</c>.</summary>
public sealed class RetryOptions
{
    public const string Section = "Retries";

    /// <summary>Upper bound of the first delay; it doubles with each attempt, with full jitter. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan BaseDelay { get; set; } = RetryPolicy.DefaultBaseDelay;

    /// <summary>Upper bound of every delay. Default: 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxDelay { get; set; } = RetryPolicy.DefaultMaxDelay;

    public RetryPolicy ToPolicy() => new(BaseDelay, MaxDelay);
}
