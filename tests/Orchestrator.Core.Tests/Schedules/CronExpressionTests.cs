using Orchestrator.Core.Schedules;

namespace Orchestrator.Core.Tests.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:00:00", "2026-01-01T00:01:00")]
    [InlineData("*/15 * * * *", "2026-01-01T00:14:59", "2026-01-01T00:15:00")]
    [InlineData("5-10/5,40 3 * * *", "2026-01-01T03:10:00", "2026-01-01T03:40:00")]
    [InlineData("30 9 * * 1-5", "2026-01-02T09:30:00", "2026-01-05T09:30:00")]
    [InlineData("0 0 31 * *", "2026-01-31T00:00:00", "2026-03-31T00:00:00")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31T23:59:00", "2027-12-31T23:59:00")]
    [InlineData("0 12 * JAN,jul mon", "2026-01-26T12:00:00", "2026-07-06T12:00:00")]
    [InlineData("\t0  6 * * * ", "2026-01-01T06:00:00", "2026-01-02T06:00:00")]
    [InlineData("@hourly", "2026-01-01T06:00:00", "2026-01-01T07:00:00")]
    [InlineData("@daily", "2026-01-01T06:00:00", "2026-01-02T00:00:00")]
    [InlineData("@weekly", "2026-01-01T06:00:00", "2026-01-04T00:00:00")]
    [InlineData("@monthly", "2026-01-01T00:00:00", "2026-02-01T00:00:00")]
    [InlineData("@Yearly", "2026-01-01T00:00:00", "2027-01-01T00:00:00")]
    public void Next_InUtc_IsTheFirstTimeThatFits(string cron, string after, string expected) =>
        Assert.Equal(Utc(expected), Parse(cron).Next(Utc(after), TimeZoneInfo.Utc));

    /// <summary>2026-03-01 is a Sunday.</summary>
    [Theory]
    [InlineData("0", 1)]
    [InlineData("7", 1)]
    [InlineData("sun", 1)]
    [InlineData("1", 2)]
    [InlineData("MON", 2)]
    [InlineData("6", 7)]
    [InlineData("Sat", 7)]
    [InlineData("5-7", 1)]
    [InlineData("2-3", 3)]
    [InlineData("1-7/3", 1)]
    [InlineData("*/2", 1)]
    public void Next_DayOfWeek_CountsFromSundayAsUnixDoes(string dayOfWeek, int firstOfMarch) =>
        Assert.Equal(Utc($"2026-03-{firstOfMarch:00}T00:00:00"), Parse($"0 0 * * {dayOfWeek}").Next(Utc("2026-02-28T23:59:59"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("0 0 13 * 5", "2026-03-01T00:00:00", "2026-03-06T00:00:00")]
    [InlineData("0 0 13 * 5", "2026-03-10T00:00:00", "2026-03-13T00:00:00")]
    [InlineData("0 0 17 * 5", "2026-03-13T00:00:00", "2026-03-17T00:00:00")]
    [InlineData("0 0 13 * */1", "2026-03-01T00:00:00", "2026-03-13T00:00:00")]
    public void Next_BothDaysRestricted_EitherIsEnough(string cron, string after, string expected) =>
        Assert.Equal(Utc(expected), Parse(cron).Next(Utc(after), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("", "must have five fields (minute, hour, day of month, month, day of week), not 0.")]
    [InlineData("* * * *", "must have five fields (minute, hour, day of month, month, day of week), not 4.")]
    [InlineData("0 0 12 ? * 2", "must have five fields (minute, hour, day of month, month, day of week), not 6.")]
    [InlineData("60 * * * *", "at character 1: the minute '60' is not from 0 to 59.")]
    [InlineData("0 24 * * *", "at character 3: the hour '24' is not from 0 to 23.")]
    [InlineData("0  0 0 * *", "at character 6: the day of month '0' is not from 1 to 31.")]
    [InlineData("0 0 ? * 1", "at character 5: the day of month '?' is not from 1 to 31.")]
    [InlineData("0 0 1,2,x * *", "at character 9: the day of month 'x' is not from 1 to 31.")]
    [InlineData("0 0 1 13 *", "at character 7: the month '13' is not from 1 to 12, or JAN to DEC.")]
    [InlineData("0 0 * * 8", "at character 9: the day of week '8' is not from 0 to 7, or SUN to SAT.")]
    [InlineData("0 0 * * fri-mon", "at character 9: the span 'fri-mon' of the day of week runs backwards.")]
    [InlineData("5/15 * * * *", "at character 1: the step of the minute needs a span: write */15 or 5-59/15.")]
    [InlineData("*/0 * * * *", "at character 1: the step '0' of the minute must be a number from 1 to 59.")]
    [InlineData("0 */ * * *", "at character 3: the step '' of the hour must be a number from 1 to 23.")]
    [InlineData("1,,2 * * * *", "at character 3: a value of the minute is missing.")]
    [InlineData("1- * * * *", "at character 1: a value of the minute is missing.")]
    [InlineData("-1 * * * *", "at character 1: a value of the minute is missing.")]
    [InlineData("+1 * * * *", "at character 1: the minute '+1' is not from 0 to 59.")]
    [InlineData("99999999999 * * * *", "at character 1: the minute '99999999999' is not from 0 to 59.")]
    [InlineData("0 0 30 2 *", "names no date that there is.")]
    [InlineData("0 0 31 4,6,9,11 *", "names no date that there is.")]
    [InlineData("@reboot", "is no shorthand that is known; known are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually.")]
    public void TryParse_Mistake_SaysWhatAndWhere(string cron, string expected)
    {
        Assert.False(CronExpression.TryParse(cron, out var parsed, out var error));
        Assert.Null(parsed);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Next_RarestDate_IsFound() =>
        Assert.Equal(Utc("2104-02-29T00:00:00"), Parse("0 0 29 2 *").Next(Utc("2096-02-29T00:00:00"), TimeZoneInfo.Utc));

    internal static CronExpression Parse(string text)
    {
        Assert.True(CronExpression.TryParse(text, out var cron, out var error), error);
        return cron;
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
