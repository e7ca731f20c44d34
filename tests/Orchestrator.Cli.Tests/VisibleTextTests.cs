using System.Text.Json;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Spectre.Console;

namespace Orchestrator.Cli.Tests;

/// <summary>Names that are there to spoil a screen.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("[red]markup[/]", "[red]markup[/]")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("two\nlines\tand\ra return", "two\\nlines\\tand\\ra return")]
    [InlineData("abc\u202edcba", "abc\\u202edcba")]
    [InlineData("👩‍🚀 שלום مرحبا", "👩‍🚀 שלום مرحبا")]
    public void Of_HostileText_SteersNothing(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly ten", 11, "exactly ten")]
    [InlineData("eleven chars", 6, "eleve…")]
    [InlineData("👩‍🚀👩‍🚀👩‍🚀", 9, "👩‍🚀👩‍🚀…")]
    [InlineData("\n\n\n\n", 5, "\\n\\n…")]
    public void Cut_WiderText_FitsAndKeepsWholeCharacters(string text, int width, string shown)
    {
        Assert.Equal(shown, VisibleText.Cut(text, width));
        Assert.InRange(VisibleText.Cut(text, width).GetCellWidth(), 1, width);
    }

    [Fact]
    public void Of_HalfACharacter_IsOneThatCanBeWritten() => Assert.Equal("half \ufffd", VisibleText.Of("half \ud83d"));

    [Fact]
    public void Cut_TenThousandCharacters_IsQuickAndNarrow()
    {
        Assert.Equal(new string('x', 47) + "…", VisibleText.Cut(new string('x', 10_000), 48));
        Assert.True(VisibleText.Cut("e" + new string('\u0301', 10_000) + "end", 48).Length < 60);
    }

    [Fact]
    public void Isolate_TextFromRightToLeft_ReachesNothingAroundIt()
    {
        Assert.Equal("\u2068שלום\u2069", VisibleText.Isolate("שלום"));
        Assert.Equal("hello", VisibleText.Isolate("hello"));
    }

    [Fact]
    public void Table_OfHostileNames_ShowsThemAsTextOnALineEach()
    {
        string[] names = ["👩‍🚀", "[bold red]x[/]", "[[", "]", "a\nb", "\u001b]0;title\u0007", new string('y', 10_000), "مرحبا"];

        var lines = Tables.Of(names, [new Column<string>("NAME", name => name), new Column<string>("END", _ => "end")], isolates: false).ToList();

        Assert.Equal(names.Length + 1, lines.Count);
        Assert.Single(lines.Select(line => line.GetCellWidth()).Distinct());
        Assert.All(lines.Skip(1), line => Assert.EndsWith("  end", line, StringComparison.Ordinal));
        Assert.StartsWith("[bold red]x[/] ", lines[2], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain(line, VisibleText.MustBeWritten));
    }

    [Fact]
    public void Write_HostileJson_IsTheSameValueAndSteersNothing()
    {
        var entry = new EventResponse(1, "\u001b[31m\u202e", DateTimeOffset.UnixEpoch, RawJson.From("{\"text\":\"\u009b31m\u202e\u2069\"}"));

        var json = SafeJson.Write(entry, ContractsJson.TypeInfo<EventResponse>(), indented: true);

        Assert.DoesNotContain(json, character => character != '\n' && VisibleText.MustBeWritten(character));
        Assert.Equal("\u009b31m\u202e\u2069", JsonDocument.Parse(json).RootElement.GetProperty("data").GetProperty("text").GetString());
    }

    [Fact]
    public void Details_OfWhatHasMembersOfItsOwn_AreLinesForPeople()
    {
        const string Workspace = """
            {"id": "acme", "goal": null, "tags": ["a", "b"], "input": {"raw": [1]}, "error": {"code": "worker_error", "message": "Bad row.", "retryable": true},
             "fuseStates": {"antiLoop": {"state": "closed", "trips": 0}, "circuitBreaker": {"state": "tripped", "circuits": [{"provider": "p\u001b", "failures": 5}]}},
             "work": [{"stepId": "fetch", "why": "/tasks/1/why"}], "links": {"self": "/"}}
            """;

        var lines = Details.Of(JsonDocument.Parse(Workspace).RootElement, isolates: false, "id");

        Assert.Equal(
            [
                "tags        a, b",
                """input       {"raw":[1]}""",
                "error       worker_error: Bad row. (retryable true)",
                "fuseStates",
                "  antiLoop        state closed, trips 0",
                "  circuitBreaker  state tripped",
                "    circuits",
                @"      provider p\u001b, failures 5",
                "work",
                "  stepId fetch",
            ],
            lines);
    }
}
