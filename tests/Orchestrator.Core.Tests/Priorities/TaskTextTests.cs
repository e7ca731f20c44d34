using System.Text;
using System.Text.Json;
using Orchestrator.Core.Priorities;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class TaskTextTests
{
    [Theory]
    [InlineData("""{"prompt": "Write", "n": 3, "nested": {"to": ["Anna", true, null]}}""", "Write\nAnna")]
    [InlineData("\"just a text\"", "just a text")]
    [InlineData("""{"a": "caff\u00e8 \ud83d\ude00"}""", "caffè 😀")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("{\"a\": \"kept\", broken", "kept")]
    public void ContentOf_AnInput_IsTheTextsInIt(string input, string expected) => Assert.Equal(expected, TaskText.ContentOf(Encoding.UTF8.GetBytes(input)));

    [Theory]
    [InlineData("plain letters ")]
    [InlineData("è€😀")]
    [InlineData("\\u00e8\\ud83d\\ude00\\n\\\"")]
    public void ContentOf_ATextLongerThanWhatIsRead_IsItsBeginning(string part)
    {
        var repeated = string.Concat(Enumerable.Repeat(part, TaskText.MaxInputBytes));
        var expected = JsonSerializer.Deserialize<string>($"\"{repeated}\"")!;
        for (var shift = 0; shift < 13; shift++)
        {
            var input = Encoding.UTF8.GetBytes($"{{\"{new string('x', shift)}\":\"{repeated}\"}}");

            var content = TaskText.ContentOf(input);

            Assert.InRange(content.Length, TaskText.MaxContentLength - 1, TaskText.MaxContentLength);
            Assert.StartsWith(content, expected, StringComparison.Ordinal);
            Assert.Equal(content, TaskText.ContentOf(input.AsSpan(0, TaskText.MaxInputBytes)));
        }
    }

    [Fact]
    public void ContentOf_ATextThatIsCutOff_LosesAtMostOneCharacter()
    {
        var input = Encoding.UTF8.GetBytes("""{"a":"xyè\ud83d\ude00\\z"}""");
        for (var length = 7; length < input.Length; length++)
        {
            Assert.StartsWith(TaskText.ContentOf(input.AsSpan(0, length)), "xyè😀\\z", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ForHeuristic_LongParts_AreBounded()
    {
        var text = TaskText.ForHeuristic("name", new string('d', 10_000), "\"input\""u8);

        Assert.Equal(TaskText.MaxHeuristicLength, text.Length);
        Assert.StartsWith("name\nddd", text, StringComparison.Ordinal);
        Assert.Equal("name\ninput", TaskText.ForHeuristic("name", null, "\"input\""u8));
    }
}
