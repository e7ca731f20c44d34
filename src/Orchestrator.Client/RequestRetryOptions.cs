namespace Orchestrator.Client;

/// <summary>
/// How often a request is sent again: when it met no answer, or 502, 503, 504 or 429. What would happen twice if an answer was lost
/// is sent again only when it surely was not done. Every other refusal is final.
/// </summary>
public sealed record RequestRetryOptions
{
    public const int DefaultMaxAttempts = 6;
    public static readonly TimeSpan DefaultBaseDelay = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan DefaultMaxDelay = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan DefaultMaxRetryAfter = TimeSpan.FromMinutes(1);

    /// <summary>How often a request is sent at most; 1 for no repetition. Default: 6.</summary>
    public int MaxAttempts { get; init; } = DefaultMaxAttempts;

    /// <summary>The pause after the first attempt, doubled after each further one; between half and all of it is waited. Default: 200 ms.</summary>
    public TimeSpan BaseDelay { get; init; } = DefaultBaseDelay;

    /// <summary>The longest pause. Default: 10 s.</summary>
    public TimeSpan MaxDelay { get; init; } = DefaultMaxDelay;

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one ends the call. Default: 1 minute.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = DefaultMaxRetryAfter;

    internal void Check()
    {
        if (MaxAttempts < 1 || BaseDelay < TimeSpan.Zero || MaxDelay < BaseDelay || MaxRetryAfter < TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(MaxAttempts)} must be at least 1, the delays not negative, and {nameof(MaxDelay)} not less than {nameof(BaseDelay)}.");
        }
    }
}
