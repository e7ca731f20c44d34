namespace Orchestrator.Core.Tests.Schedules;

/// <summary>
/// Random expressions against a clock that is watched minute by minute, around changes of every kind: an hour, half an hour,
/// a whole day, and a change of standard time.
/// </summary>
public sealed class CronAgainstTheClockTests
{
    private const int Expressions = 60;

    [Theory]
    [InlineData("Europe/Rome", "2026-03-28T00:00:00Z")]
    [InlineData("Europe/Rome", "2026-10-24T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-07T00:00:00Z")]
    [InlineData("America/New_York", "2026-10-31T00:00:00Z")]
    [InlineData("Australia/Sydney", "2026-04-03T12:00:00Z")]
    [InlineData("Australia/Sydney", "2026-10-02T12:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-03T12:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-02T12:00:00Z")]
    [InlineData("America/St_Johns", "2026-10-31T00:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-10-31T00:00:00Z")]
    [InlineData("Europe/Moscow", "2014-10-24T12:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-29T00:00:00Z")]
    public void Next_RandomExpressions_AgreesWithTheClock(string zoneId, string start)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var from = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        var random = new Random(zoneId.Length + from.Month);
        for (var i = 0; i < Expressions; i++)
        {
            var fields = RandomCron.Next(random);
            var expected = Watch(fields, zone, from, from.AddDays(3)).ToList();

            var cron = CronExpressionTests.Parse(fields.Text);
            var actual = new List<DateTimeOffset>();
            for (var time = cron.Next(from.AddTicks(-1), zone); time < from.AddDays(3); time = cron.Next(time.Value, zone))
            {
                actual.Add(time.Value);
            }

            Assert.True(expected.SequenceEqual(actual), $"{fields.Text} in {zoneId}: {string.Join(" ", expected.Except(actual))} is missing, {string.Join(" ", actual.Except(expected))} is too much.");

            // From wherever one looks it is the same set.
            for (var look = 0; look < 20; look++)
            {
                var at = from.AddSeconds(random.Next(2 * 86_400));
                var next = cron.Next(at, zone);
                Assert.Equal(expected.Where(time => time > at).Select(time => (DateTimeOffset?)time).FirstOrDefault(next), next);
            }
        }
    }

    /// <summary>The times as somebody notes them who sits before the clock.</summary>
    private static IEnumerable<DateTimeOffset> Watch(RandomCron cron, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset until)
    {
        var shown = new HashSet<DateTime>();
        var last = TimeZoneInfo.ConvertTime(from.AddDays(-2), zone).DateTime;
        for (var time = from.AddDays(-2).AddMinutes(1); time < until; time = time.AddMinutes(1))
        {
            var here = TimeZoneInfo.ConvertTime(time, zone).DateTime;
            var fits = cron.Fits(here) && (shown.Add(here) || cron.HasStar);
            for (var skipped = last.AddMinutes(1); skipped < here; skipped = skipped.AddMinutes(1))
            {
                fits |= cron.Fits(skipped);
            }

            last = here;
            if (fits && time >= from)
            {
                yield return time;
            }
        }
    }
}
