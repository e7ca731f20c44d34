using System.Diagnostics;
using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Runtime.Definitions;
using Xunit.Abstractions;

namespace Orchestrator.Runtime.Tests.Definitions;

/// <summary>Documents of a megabyte that are made to cost much end soon all the same, in JSON and in YAML.</summary>
public sealed class HostileDefinitionTests(ITestOutputHelper output)
{
    private const int Size = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string Head = "{\"owner\":\"a\",\"name\":\"a\",\"version\":\"1\",\"output\":";

    [Theory]
    [InlineData("brackets")]
    [InlineData("braces")]
    [InlineData("unknown members")]
    [InlineData("duplicate members")]
    [InlineData("long names")]
    [InlineData("deep long names")]
    [InlineData("broken expressions")]
    [InlineData("wrong steps")]
    [InlineData("mutual needs")]
    [InlineData("dear conditions")]
    public void Read_MadeToCostMuch_Ends(string kind)
    {
        var text = Make(kind);

        Time($"json {kind}", () => DefinitionReader.ReadJson(Encoding.UTF8.GetBytes(text)));
        Time($"yaml {kind}", () => YamlDefinitionReader.Read(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    [InlineData("!")]
    [InlineData("a: ")]
    [InlineData("a:\n")]
    [InlineData("'")]
    [InlineData("{a: ")]
    [InlineData("[a, ")]
    [InlineData("- *a\n")]
    [InlineData("x\n\n")]
    [InlineData("#\n")]
    [InlineData("1")]
    public void Read_YamlOfOnePiece_Ends(string piece) =>
        Time($"yaml {piece.Replace("\n", "\\n", StringComparison.Ordinal)}", () => YamlDefinitionReader.Read(Encoding.UTF8.GetBytes(Repeat(piece, Size / piece.Length))));

    private static string Make(string kind) => kind switch
    {
        "brackets" => Head + Repeat("[", Size) + Repeat("]", 10),
        "braces" => Head + Repeat("{\"a\":", Size / 5),
        "unknown members" => "{" + string.Join(',', Enumerable.Range(0, Size / 10).Select(number => $"\"{number}\":1")) + "}",
        "duplicate members" => Head + "{" + Repeat("\"a\":1,", Size / 6) + "\"a\":1}}",
        "long names" => Head + "{\"" + Repeat("n", Size / 2) + "\":[" + Repeat("\"${{ 1 }}\",", Size / 30) + "1]}}",
        "deep long names" => Head + Repeat("{\"" + Repeat("n", 1_000) + "\":", 60) + "[" + Repeat("\"$\",", Size / 5) + "1]" + Repeat("}", 61),
        "broken expressions" => Head + "[" + Repeat("\"${{\",", Size / 10) + "1]}",
        "wrong steps" => "{\"steps\":[" + Repeat("{\"if\":1,\"needs\":[\"x\"]},", 499) + "1]}",
        "mutual needs" => Steps(index => $"\"needs\":[{string.Join(',', Enumerable.Range(1, 100).Select(by => $"\"s{(index + by) % 500}\""))}]"),
        _ => Steps(_ => "\"if\":\"" + Repeat("length(range(9000)) + ", 60) + "0 > 1\""),
    };

    private static string Steps(Func<int, string> member) =>
        "{\"owner\":\"a\",\"name\":\"a\",\"version\":\"1\",\"steps\":["
        + string.Join(',', Enumerable.Range(0, 500).Select(index => $$"""{"id":"s{{index}}","action":"x",{{member(index)}}}""")) + "]}";

    private static string Repeat(string piece, int count) => new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();

    private void Time(string kind, Func<DefinitionResult> read)
    {
        var watch = Stopwatch.StartNew();
        var result = read();
        watch.Stop();
        output.WriteLine($"{kind}: {watch.ElapsedMilliseconds} ms, {result.Problems.Count} problems");
        Assert.InRange(result.Problems.Count, 0, ProblemList.MaxProblems);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Limit);
    }
}
