using Orchestrator.Core.Failures;

namespace Orchestrator.Core.Tests.Failures;

public sealed class ErrorPatternTests
{
    [Theory]
    [InlineData("The attempt took longer than 120000 ms.", "The attempt took longer than <n> ms.")]
    [InlineData("Read 12.5 of 1.2.3 rows", "Read <n> of <n> rows")]
    [InlineData("task 01a1fd44-365c-7a7b-9463-8b11bcec2525 is gone", "task <id> is gone")]
    [InlineData("object deadbeef01 at 0x7f3a", "object <id> at <id>")]
    [InlineData("key \"a b 7\" and 'x' and `y` and “z”", "key <value> and <value> and <value> and <value>")]
    [InlineData("can't connect, won't retry", "can't connect, won't retry")]
    [InlineData("GET https://example.com/a?b=1 failed: 404", "GET <url> failed: <n>")]
    [InlineData("cannot open /var/lib/x/y.txt: no such file", "cannot open <path>: no such file")]
    [InlineData("cannot open C:\\temp\\a.txt today", "cannot open <path> today")]
    [InlineData("two\r\n\t  lines ", "two lines")]
    [InlineData("retry in 5s (attempt 3/4)", "retry in <n>s (attempt <n>/<n>)")]
    [InlineData("", "")]
    public void Of_AMessage_KeepsWhatAllLikeItShare(string message, string pattern) => Assert.Equal(pattern, ErrorPattern.Of(message));

    [Fact]
    public void Of_LongOrHostileText_IsBoundedAndSplitsNoCharacter()
    {
        foreach (var unit in new[] { "\U0001F600", "1 ", "\" ", "/a ", "<script>alert(1)</script>", "שלום ", "a" })
        {
            var message = "x" + string.Concat(Enumerable.Repeat(unit, 10_000));
            Assert.InRange(ErrorPattern.Of(message).Length, 1, ErrorPattern.MaxLength);
            Assert.False(char.IsHighSurrogate(ErrorPattern.Of(message)[^1]));
            Assert.InRange(ErrorPattern.SampleOf(message).Length, 1, ErrorPattern.MaxMessage);
            Assert.False(char.IsHighSurrogate(ErrorPattern.SampleOf(message)[^1]));
        }
    }

    [Fact]
    public void Fingerprint_OfThePartsThatMatter_DiffersInEach()
    {
        string[] prints =
        [
            ErrorFingerprint.Of(1, "a", "timeout", "text"), ErrorFingerprint.Of(2, "a", "timeout", "text"), ErrorFingerprint.Of(1, "b", "timeout", "text"),
            ErrorFingerprint.Of(1, "a", "worker_error", "text"), ErrorFingerprint.Of(1, "a", "timeout", "texts"),
        ];

        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.All(prints, print => Assert.Matches("^[0-9a-f]{16}$", print));
        Assert.Equal(prints[0], ErrorFingerprint.Of(1, "a", "timeout", "text"));
    }
}
