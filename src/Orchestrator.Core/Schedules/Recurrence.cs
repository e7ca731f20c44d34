namespace Orchestrator.Core.Schedules;

/// <summary>When a schedule is due, over and over.</summary>
public abstract class Recurrence
{
    private Recurrence()
    {
    }

    /// <summary>The first time later than <paramref name="after"/>; null when there is none.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    public static Recurrence Of(CronExpression cron, TimeZoneInfo zone) => new ByCron(cron, zone);

    /// <summary>Every <paramref name="interval"/>, counted from <paramref name="anchor"/>, which itself is none of the times.</summary>
    public static Recurrence Of(TimeSpan interval, DateTimeOffset anchor) => new ByInterval(interval, anchor);

    private sealed class ByCron(CronExpression cron, TimeZoneInfo zone) : Recurrence
    {
        public override DateTimeOffset? Next(DateTimeOffset after) => cron.Next(after, zone);
    }

    private sealed class ByInterval(TimeSpan interval, DateTimeOffset anchor) : Recurrence
    {
        public override DateTimeOffset? Next(DateTimeOffset after)
        {
            var passed = after < anchor ? 0 : (after - anchor).Ticks / interval.Ticks;
            var span = TimeSpan.FromTicks((passed + 1) * interval.Ticks);
            return span < DateTimeOffset.MaxValue - anchor ? anchor + span : null;
        }
    }
}
