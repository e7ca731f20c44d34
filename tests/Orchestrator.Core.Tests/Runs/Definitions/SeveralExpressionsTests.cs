using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Tests.Runs.Definitions;

/// <summary>One text may hold several expressions, and each that is wrong is told, at its own place.</summary>
public sealed class SeveralExpressionsTests
{
    [Theory]
    [InlineData("${{ foo.bar }} ${{ steps.zzz.output }} ${{ secrets.T }}", "foo.bar", "zzz.output", "secrets.T")]
    [InlineData("${{ run.input + }} and ${{ }} and ${{ 1 }}", "}} and ${{ }}", " }} and ${{ 1")]
    [InlineData("${{ # }} $${{ not one }} ${{ 'open }}", "# }}", "'open")]
    [InlineData("${{ item }} ${{ 2 + }}", "item", "}}\"")]
    [InlineData("${{ 1 ${{ 2 }} ${{ 3 + }}", "${{ 2", "}}\"")]
    public void Read_TextWithSeveralMistakes_TellsEach(string text, params string[] places)
    {
        var json = Read.Steps($$"""{ "id": "a", "action": "x", "input": { "text": "{{text}}" } }""");

        var problems = Read.Json(json).Problems;

        Assert.All(problems, problem => Assert.StartsWith("/steps/0/input", problem.Path, StringComparison.Ordinal));
        Assert.Equal(places.Length, problems.Count);
        Assert.All(places.Zip(problems), pair => Assert.StartsWith(pair.First, Read.TextAt(json, pair.Second), StringComparison.Ordinal));
    }

    [Fact]
    public void Read_HundredsOfMistakesInOneText_TellsAsManyAsAreTold() =>
        Assert.Equal(
            ProblemList.MaxProblems,
            Read.Json(Read.Steps($$"""{ "id": "a", "action": "x", "input": "{{string.Concat(Enumerable.Repeat("${{ + }} ", 50_000))}}" }""")).Problems.Count);

    [Fact]
    public void Read_SubRunsBesideMistakes_AreNamedWithTheirPlaces()
    {
        var result = Read.Json(Read.Steps("""7, { "id": "a", "run": "acme/other@1" }, { "id": "b", "runn": "acme/third@1" }, { "id": "c", "run": "acme/report@1" }"""));

        Assert.Null(result.Definition);
        Assert.Equal([("acme/other@1", "/steps/1/run"), ("acme/third@1", "/steps/2/runn")], result.SubRuns.Select(run => (run.Name.ToString(), run.Path)));
    }
}
