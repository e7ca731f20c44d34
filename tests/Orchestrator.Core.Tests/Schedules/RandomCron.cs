namespace Orchestrator.Core.Tests.Schedules;

/// <summary>An expression with the sets it stands for, made together, so that no parser is in between.</summary>
internal sealed record RandomCron(string Text, HashSet<int> Minutes, HashSet<int> Hours, HashSet<int> Days, HashSet<int> Weekdays, bool HasStar, bool EitherDay)
{
    public static RandomCron Next(Random random)
    {
        var (minuteText, minutes) = Field(random, 0, 59, stars: 0.3);
        var (hourText, hours) = Field(random, 0, 23, stars: 0.4);
        var (dayText, days) = Field(random, 1, 31, stars: 0.7);
        var (weekdayText, weekdays) = Field(random, 0, 6, stars: 0.7);
        return new RandomCron(
            $"{minuteText} {hourText} {dayText} * {weekdayText}",
            minutes,
            hours,
            days,
            weekdays,
            minuteText.Contains('*', StringComparison.Ordinal) || hourText.Contains('*', StringComparison.Ordinal),
            !dayText.Contains('*', StringComparison.Ordinal) && !weekdayText.Contains('*', StringComparison.Ordinal));
    }

    public bool Fits(DateTime wall)
    {
        var (day, weekday) = (Days.Contains(wall.Day), Weekdays.Contains((int)wall.DayOfWeek));
        return Minutes.Contains(wall.Minute) && Hours.Contains(wall.Hour) && (EitherDay ? day || weekday : day && weekday);
    }

    private static (string Text, HashSet<int> Values) Field(Random random, int min, int max, double stars)
    {
        if (random.NextDouble() < stars)
        {
            var step = random.Next(3) == 0 ? random.Next(2, 20) : 1;
            return (step == 1 ? "*" : $"*/{Math.Min(step, max)}", Span(min, max, Math.Min(step, max)));
        }

        // Most changes of clocks are at night.
        var first = random.Next(min, Math.Min(max, min + 4) + 1);
        switch (random.Next(3))
        {
            case 0:
                return ($"{first}", [first]);
            case 1:
                var other = random.Next(min, max + 1);
                return ($"{first},{other}", [first, other]);
            default:
                var last = random.Next(first, max + 1);
                var step = random.Next(1, 5);
                return ($"{first}-{last}/{step}", Span(first, last, step));
        }
    }

    private static HashSet<int> Span(int first, int last, int step) =>
        [.. Enumerable.Range(first, last - first + 1).Where(value => (value - first) % step == 0)];
}
