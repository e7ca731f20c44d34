using Orchestrator.Cli.Completions;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Tests;

/// <summary>What stands on a command line.</summary>
public sealed class InputTests
{
    [Theory]
    [InlineData("30", 30.0)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5h", 5400.0)]
    [InlineData("2d", 172_800.0)]
    [InlineData("0", null)]
    [InlineData("-1s", null)]
    [InlineData("5 minutes", null)]
    [InlineData("1e3", null)]
    [InlineData("9999d", null)]
    public void Parse_Duration_IsTheTimeOrNothing(string text, double? seconds) => Assert.Equal(seconds, Durations.Parse(text)?.TotalSeconds);

    [Fact]
    public void ToJson_OptionsOverABody_ReplaceItsMembersAndKeepTheOthersAsTheyAre()
    {
        var body = new RequestBody(RawJson.From("""{"name": "old", "fuses": {"antiLoop":  {"maxExecutions": 1.0}}, "goal": null}""")).Set("name", "n\"ew").Set("weight", 2.5m);

        Assert.Equal("""{"fuses":{"antiLoop":  {"maxExecutions": 1.0}},"goal":null,"name":"n\"ew","weight":2.5}""", body.ToJson().ToString());
    }

    [Fact]
    public void ToJson_OnlyABody_IsThatBody() => Assert.Equal("{\"a\":1,\"a\":2}", new RequestBody(RawJson.From("{\"a\":1,\"a\":2}")).ToJson().ToString());

    [Theory]
    [InlineData("orc task ", "submit")]
    [InlineData("orc ta", "task")]
    [InlineData("orc task list --st", "--status")]
    [InlineData("orc task list --status ", "failed")]
    [InlineData("orc -o ", "jsonl")]
    public void Suggest_LineThatBegan_SaysHowItMayGoOn(string line, string expected)
    {
        var words = SuggestCommand.Suggest(line, line.Length);

        Assert.Contains(expected, words);
        Assert.DoesNotContain(words, word => word.StartsWith('/'));
    }
}
