namespace Orchestrator.Core.Schedules;

/// <summary>Which times of a schedule are to be fired now, and when it is due next.</summary>
/// <param name="Due">The times to fire, one task each.</param>
/// <param name="Next">When it is due again; null when never.</param>
/// <param name="Missed">Whether times were missed, so that the policy decided.</param>
public sealed record FireTimes(IReadOnlyList<DateTimeOffset> Due, DateTimeOffset? Next, bool Missed)
{
    /// <summary>What a schedule that was due at <paramref name="due"/> has to do at <paramref name="now"/>.</summary>
    public static FireTimes Of(Recurrence recurrence, DateTimeOffset due, DateTimeOffset now, MissedFires policy)
    {
        if (due < now - ScheduleLimits.MissedAfter)
        {
            return new FireTimes(policy == MissedFires.Once ? [due] : [], recurrence.Next(now), Missed: true);
        }

        // Bounded: no schedule has more times in MissedAfter than one a second.
        var times = new List<DateTimeOffset>();
        DateTimeOffset? next = due;
        while (next <= now)
        {
            times.Add(next.Value);
            next = recurrence.Next(next.Value);
        }

        return new FireTimes(times, next, Missed: false);
    }
}
