using Orchestrator.Core.Priorities;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class ScorePromptTests
{
    [Theory]
    [InlineData("""{"priority_score": 720}""", 720)]
    [InlineData("""{"priority_score": 0}""", 0)]
    [InlineData(""" {"why": "urgent", "priority_score": 1000.0} """, 1000)]
    [InlineData("```json\n{\"priority_score\": 5}\n```", 5)]
    [InlineData("```{\"priority_score\": 5}```", 5)]
    public void ReadScore_AnAnswer_IsItsScore(string answer, int score) => Assert.Equal(score, ScorePrompt.ReadScore(answer));

    [Theory]
    [InlineData("")]
    [InlineData("720")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("``````")]
    [InlineData("The score is 720.")]
    [InlineData("""{"score": 720}""")]
    [InlineData("""{"priority_score": "720"}""")]
    [InlineData("""{"priority_score": -1}""")]
    [InlineData("""{"priority_score": 1001}""")]
    [InlineData("""{"priority_score": 1e400}""")]
    [InlineData("""{"priority_score": 72""")]
    public void ReadScore_Nonsense_IsNone(string answer) => Assert.Null(ScorePrompt.ReadScore(answer));

    [Fact]
    public void Of_ATask_ShowsWhatTheFingerprintIsMadeOfAndNothingElse()
    {
        var shown = ScorePrompt.Of(new ScoringSubject { Workspace = "secret", Goal = "Più lettori", Action = "generation.text", Name = "Scrivi \"qui\"", Description = " ", Content = "a\nb", Dependencies = ["hidden"] });

        Assert.Equal("""{"goal":"Più lettori","action":"generation.text","name":"Scrivi \"qui\"","content":"a\nb"}""", shown);
    }
}
