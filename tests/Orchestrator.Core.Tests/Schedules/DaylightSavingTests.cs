using System.Globalization;

namespace Orchestrator.Core.Tests.Schedules;

/// <summary>What <c>docs/schedules.md</c> says of the days on which clocks change.</summary>
public sealed class DaylightSavingTests
{
    /// <summary>The times of one local day, as the zone's clocks show them with their offset.</summary>
    [Theory]
    // A time that the clocks skip is the moment at which they do.
    [InlineData("Europe/Rome", "30 2 * * *", "2026-03-29", "03:00+02:00")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-08", "03:00-04:00")]
    [InlineData("Australia/Sydney", "30 2 * * *", "2026-10-04", "03:00+11:00")]
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-04", "02:30+11:00")]
    // Several that are skipped are one moment, also with a time of its own there.
    [InlineData("Europe/Rome", "0,20,40 2,3 * * *", "2026-03-29", "03:00+02:00 03:20+02:00 03:40+02:00")]
    [InlineData("Europe/Rome", "*/30 1-3 * * *", "2026-03-29", "01:00+01:00 01:30+01:00 03:00+02:00 03:30+02:00")]
    // A time that comes twice is fired at the first.
    [InlineData("Europe/Rome", "30 2 * * *", "2026-10-25", "02:30+02:00")]
    [InlineData("America/New_York", "30 1 * * *", "2026-11-01", "01:30-04:00")]
    [InlineData("Australia/Sydney", "30 2 * * *", "2026-04-05", "02:30+11:00")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2026-04-05", "01:45+11:00")]
    [InlineData("Europe/Rome", "0 1-4 * * *", "2026-10-25", "01:00+02:00 02:00+02:00 03:00+01:00 04:00+01:00")]
    // With a star in minutes or hours, both times.
    [InlineData("Europe/Rome", "30 * * * *", "2026-10-25", "00:30+02:00 01:30+02:00 02:30+02:00 02:30+01:00 03:30+01:00", 5)]
    [InlineData("America/New_York", "*/30 1 * * *", "2026-11-01", "01:00-04:00 01:30-04:00 01:00-05:00 01:30-05:00")]
    [InlineData("Australia/Sydney", "*/30 2 * * *", "2026-04-05", "02:00+11:00 02:30+11:00 02:00+10:00 02:30+10:00")]
    public void Next_DayOfAChange_HasTheseTimes(string zone, string cron, string day, string expected, int first = int.MaxValue)
    {
        var times = TimesOf(cron, zone, DateTime.Parse(day, CultureInfo.InvariantCulture)).Take(first);

        Assert.Equal(expected.Split(' '), times.Select(time => time.ToString("HH:mmzzz", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Europe/Rome", "2026-03-29", 23)]
    [InlineData("Europe/Rome", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Australia/Sydney", "2026-10-04", 23)]
    [InlineData("Australia/Sydney", "2026-04-05", 25)]
    public void Next_EveryMinuteOnTheDayOfAChange_LeavesOutNoMinuteAndRepeatsNone(string zone, string day, int hours)
    {
        var times = TimesOf("* * * * *", zone, DateTime.Parse(day, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(hours * 60, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(1), pair.Second - pair.First));
    }

    [Fact]
    public void Next_SeenFromTheHourThatIsSkippedElsewhere_IsTheSameMoment()
    {
        var cron = CronExpressionTests.Parse("30 2 * * *");
        var rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        var change = new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);

        for (var minutes = 1; minutes < 20 * 60; minutes += 7)
        {
            Assert.Equal(change, cron.Next(change.AddMinutes(-minutes), rome));
            Assert.Equal(change.AddHours(23.5), cron.Next(change.AddMinutes(minutes), rome));
        }
    }

    private static IEnumerable<DateTimeOffset> TimesOf(string text, string zoneId, DateTime day)
    {
        var cron = CronExpressionTests.Parse(text);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var start = new DateTimeOffset(day, zone.GetUtcOffset(day)).AddTicks(-1);
        for (var time = cron.Next(start, zone); TimeZoneInfo.ConvertTime(time!.Value, zone) is var here && here.Date == day; time = cron.Next(time.Value, zone))
        {
            yield return here;
        }
    }
}
