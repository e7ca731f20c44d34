namespace Orchestrator.Core.Tests.Runs.Definitions;

public sealed class TenMistakesTests
{
    private const string Json = """
        {
          "owner": "acme",
          "name": "Report",
          "version": 1.0,
          "steps": [
            { "id": "fetch", "acton": "generation.text", "input": { "prompt": "About ${{ run.input.topic + }}" } },
            { "id": "a", "action": "x", "needs": ["b", "fetsh"] },
            { "id": "b", "action": "x", "needs": ["a"], "retry": { "maxAttempts": 0 } },
            { "id": "each", "action": "x", "foreach": "${{ [] }}", "input": "${{ steps.nobody.output }}" },
            { "id": "each", "approval": { "question": "All right?" } }
          ]
        }
        """;

    [Fact]
    public void Read_TenDifferentMistakes_GivesTenProblemsEachWithItsPlace()
    {
        var problems = Read.Json(Json).Problems;

        (string Path, int Line, int Column, string Message)[] expected =
        [
            ("/name", 3, 11, "must be of the form"),
            ("/version", 4, 14, "write it in quotes"),
            ("/steps/0/acton", 6, 22, "did you mean 'action'?"),
            ("/steps/0/input/prompt", 6, 100, "is no expression"),
            ("/steps/1/needs/0", 7, 43, "a → b → a"),
            ("/steps/1/needs/1", 7, 48, "did you mean 'fetch'?"),
            ("/steps/2/retry/maxAttempts", 8, 75, "from 1 to 100"),
            ("/steps/3/foreach", 9, 47, "is always empty"),
            ("/steps/3/input", 9, 80, "which there is not"),
            ("/steps/4/id", 10, 13, "is the id of the step at line 9 too"),
        ];
        Assert.Equal(expected.Select(problem => (problem.Path, problem.Line, problem.Column)), problems.Select(problem => (problem.Path, problem.Line, problem.Column)));
        Assert.All(expected.Zip(problems), pair => Assert.Contains(pair.First.Message, pair.Second.Message, StringComparison.Ordinal));
    }
}
