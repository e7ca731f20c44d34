using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Core.Tests.Runs.Planning;

public sealed class WorkKeyTests
{
    [Theory]
    [InlineData("fetch", "fetch", null, 1, false)]
    [InlineData("fetch[3]", "fetch", 3, 1, false)]
    [InlineData("fetch#2", "fetch", null, 2, false)]
    [InlineData("fetch[0]#12", "fetch", 0, 12, false)]
    [InlineData("fetch!", "fetch", null, 1, true)]
    [InlineData("a_b-c[9999]#2!", "a_b-c", 9999, 2, true)]
    public void Parse_OfAKey_IsWhatWroteIt(string text, string step, int? item, int round, bool isCompensation)
    {
        var key = new WorkKey(step, item, round, isCompensation);

        Assert.Equal(text, key.ToString());
        Assert.Equal(key, WorkKey.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("[1]")]
    [InlineData("a[]")]
    [InlineData("a[01]")]
    [InlineData("a[-1]")]
    [InlineData("a[99999999999]")]
    [InlineData("a#1")]
    [InlineData("a#x")]
    [InlineData("a#2[1]")]
    [InlineData("a!!")]
    [InlineData("a[1][2]")]
    public void Parse_OfAnythingElse_Throws(string text) => Assert.Throws<FormatException>(() => WorkKey.Parse(text));
}
