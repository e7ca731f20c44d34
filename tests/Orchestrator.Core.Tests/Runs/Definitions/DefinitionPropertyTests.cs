using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Tests.Runs.Definitions;

public sealed class DefinitionPropertyTests
{
    private const string Good = """
        {
          "owner": "acme", "name": "report", "version": "1", "input": true, "execution": { "concurrency": { "maxParallel": 4 } },
          "steps": [
            { "id": "a", "action": "x", "input": { "é": ["${{ run.input.a[0] }}", 1e3, "\ud83d\ude00"] }, "resources": { "gpu": 2 } },
            { "id": "b", "needs": ["a"], "foreach": { "items": "steps.a.output" }, "run": "acme/other@1", "output": "${{ output }}" },
            { "id": "c", "if": "steps.b.output == null", "approval": { "question": "${{ steps.b.output }}?" } }
          ],
          "output": "${{ steps.b.output }}"
        }
        """;

    /// <summary>What is likely to break a document where it is put.</summary>
    private static readonly string[] Pieces = ["\"", "{", "}", "[", "]", ",", ":", "\\", "${{", "}}", "null", "\u00e9", "\\ud800", "\\u0000", "\n", "1e999", "-"];

    [Fact]
    public void Read_AnyText_NeverThrowsAndSaysWhy() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), static text => IsAnswered(text ?? "")));

    [Fact]
    public void Read_GoodDocumentThatWasChanged_NeverThrowsAndWhatIsSoundReadsAgain() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(Changed().ToArbitrary(), IsAnswered));

    private static Gen<string> Changed() =>
        from at in Gen.Choose(0, Good.Length - 1)
        from length in Gen.Choose(0, 12)
        from piece in Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, Good.Length - 20).Select(start => Good.Substring(start, 12)))
        select string.Concat(Good.AsSpan(0, at), piece, Good.AsSpan(Math.Min(Good.Length, at + length)));

    private static bool IsAnswered(string text)
    {
        var result = Read.Json(text);
        if (result.Definition is null)
        {
            var lines = text.Split('\n');
            return result.Problems.Count > 0
                && result.Problems.All(problem => problem.Line >= 1 && problem.Line <= lines.Length && problem.Column >= 1 && problem.Column <= lines[problem.Line - 1].Length + 1);
        }

        var again = DefinitionReader.ReadJson(result.Json);
        return result.Problems.Count == 0 && again.Definition is not null && Encoding.UTF8.GetString(again.Json.Span) == Encoding.UTF8.GetString(result.Json.Span);
    }
}
