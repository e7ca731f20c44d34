namespace Orchestrator.Client.Http;

/// <summary>How long to wait before a request is sent again.</summary>
internal static class Backoff
{
    /// <param name="attempt">How often it was sent so far.</param>
    /// <param name="retryAfter">What the answer asked for; it is waited for in full.</param>
    public static TimeSpan Delay(RequestRetryOptions options, int attempt, TimeSpan? retryAfter)
    {
        var doubled = options.BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30));
        var longest = Math.Min(doubled, options.MaxDelay.TotalMilliseconds);

        // Those who failed together do not come back together.
        var own = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        return retryAfter is { } asked ? asked + own : own;
    }
}
