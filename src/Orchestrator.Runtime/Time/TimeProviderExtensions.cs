namespace Orchestrator.Runtime.Time;

internal static class TimeProviderExtensions
{
    /// <summary>The timestamp that lies <paramref name="span"/> after <paramref name="timestamp"/>.</summary>
    public static long Add(this TimeProvider timeProvider, long timestamp, TimeSpan span) =>
        timestamp + (long)(span.TotalSeconds * timeProvider.TimestampFrequency);

    /// <summary>Waits, or returns at once when cancelled, without throwing.</summary>
    public static async Task PauseAsync(this TimeProvider timeProvider, TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
