using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Runtime.Definitions;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Definitions;

public sealed class YamlMistakesTests
{
    private const string TenMistakes = """
        owner: acme
        name: Report
        version: 1.0
        steps:
          - id: fetch
            acton: generation.text
            input:
              prompt: |
                About
                ${{ run.input.topic + }}
          - { id: a, action: x, needs: [b, fetsh] }
          - { id: b, action: x, needs: [a], retry: { maxAttempts: 0 } }
          - id: each
            action: x
            foreach: ${{ [] }}
            input: ${{ steps.nobody.output }}
          - id: each
            approval: { question: "All right?" }
        """;

    /// <summary>What is likely to break a document where it is put.</summary>
    private static readonly string[] Pieces =
        ["'", "\"", "{", "}", "[", "]", ",", ": ", "- ", "\\", "${{", "}}", "\n", "\n  ", "\t", "\r", "&a ", "*a", "!t ", "? ", "|", ">-", "---\n", "...\n", "%", "#", "<<: ", "é", "\u2028"];

    private static readonly string Example = ReadExample();

    [Fact]
    public void Read_TenDifferentMistakes_GivesTenProblemsEachWithItsPlace()
    {
        var problems = Read(TenMistakes).Problems;

        (string Path, int Line, int Column, string Message)[] expected =
        [
            ("/name", 2, 7, "must be of the form"),
            ("/version", 3, 10, "write it in quotes"),
            ("/steps/0/acton", 6, 5, "did you mean 'action'?"),
            ("/steps/0/input/prompt", 10, 31, "is no expression"),
            ("/steps/1/needs/0", 11, 33, "a → b → a"),
            ("/steps/1/needs/1", 11, 36, "did you mean 'fetch'?"),
            ("/steps/2/retry/maxAttempts", 12, 59, "from 1 to 100"),
            ("/steps/3/foreach", 15, 14, "is always empty"),
            ("/steps/3/input", 16, 22, "which there is not"),
            ("/steps/4/id", 17, 9, "is the id of the step at line 13 too"),
        ];
        Assert.Equal(expected.Select(problem => (problem.Path, problem.Line, problem.Column)), problems.Select(problem => (problem.Path, problem.Line, problem.Column)));
        Assert.All(expected.Zip(problems), pair => Assert.Contains(pair.First.Message, pair.Second.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TheExampleOfTheDocuments_IsSound()
    {
        var result = Read(Example);

        Assert.Equal([], result.Problems);
        Assert.Equal(["fetch", "write"], result.Definition!.Steps[2].Needs);
        Assert.True(DefinitionReader.ReadJson(result.Json).Json.Span.SequenceEqual(result.Json.Span));
    }

    [Fact]
    public void Read_AnyText_NeverThrowsAndSaysWhy() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(ArbMap.Default.ArbFor<string>(), static text => IsAnswered(text ?? "")));

    [Fact]
    public void Read_GoodDocumentThatWasChanged_NeverThrowsAndWhatIsSoundReadsAgain() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(Changed().ToArbitrary(), IsAnswered));

    private static Gen<string> Changed() =>
        from at in Gen.Choose(0, Example.Length - 1)
        from length in Gen.Choose(0, 12)
        from piece in Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, Example.Length - 20).Select(start => Example.Substring(start, 12)))
        select string.Concat(Example.AsSpan(0, at), piece, Example.AsSpan(Math.Min(Example.Length, at + length)));

    private static bool IsAnswered(string text)
    {
        var result = Read(text);
        if (result.Definition is null)
        {
            return result.Problems.Count > 0 && result.Problems.All(problem => problem is { Line: >= 1, Column: >= 1 });
        }

        var again = DefinitionReader.ReadJson(result.Json);
        return result.Problems.Count == 0 && again.Definition is not null && again.Json.Span.SequenceEqual(result.Json.Span);
    }

    private static string ReadExample()
    {
        var document = File.ReadAllText(RepositoryFolder.Combine("docs", "definitions.md"));
        var start = document.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        return document[start..document.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static DefinitionResult Read(string yaml) => YamlDefinitionReader.Read(Encoding.UTF8.GetBytes(yaml));
}
