using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Steering;
using Orchestrator.Workers.Agents.Loop;

namespace Orchestrator.Workers.Tests.Agents;

public sealed class AgentLoopTests
{
    private static readonly AgentState Begin = new() { Agent = "a", Version = 1, CreatedAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void Next_AtTheBeginning_AsksTheModel() => Assert.IsType<AgentStep.Ask>(AgentLoop.Next(Begin, 1));

    [Fact]
    public void Next_AnswerWithoutCalls_Concludes() =>
        Assert.Equal("done", Assert.IsType<AgentStep.Conclude>(AgentLoop.Next(AgentLoop.OnAnswer(Begin, ScriptedModels.Says("done")), 1)).Text);

    [Fact]
    public void Next_AnswerWithCalls_MakesOneAfterTheOtherUnderKeysOfTheirOwn()
    {
        var turn = ScriptedModels.Calls(("x", "{}"), ("y", "{}"));
        var keys = new List<(string, string)>();
        var state = Begin;
        for (var i = 0; i < 2; i++)
        {
            state = AgentLoop.OnAnswer(state, turn);
            while (AgentLoop.Next(state, 5) is AgentStep.Call call)
            {
                keys.Add((call.Tool.Name, call.Key));
                state = AgentLoop.OnResult(state, call.Tool, "ok");
            }
        }

        Assert.Equal([("x", "turn-1-call-1"), ("y", "turn-1-call-2"), ("x", "turn-2-call-1"), ("y", "turn-2-call-2")], keys);
        Assert.IsType<AgentStep.Ask>(AgentLoop.Next(state, 3));
        Assert.IsType<AgentStep.Exhausted>(AgentLoop.Next(state, 2));
    }

    [Fact]
    public void Next_MessageAfterTheLastWord_AsksAgain()
    {
        var state = AgentLoop.Hear(AgentLoop.OnAnswer(Begin, ScriptedModels.Says("done")), [new SteeringMessage(1, "system", "wait")]);

        Assert.IsType<AgentStep.Ask>(AgentLoop.Next(state, 2));
        Assert.Equal(ChatRole.System, state.Messages[^1].Role);
    }

    [Fact]
    public void Json_State_ComesBackAsItWas()
    {
        var state = AgentLoop.OnAnswer(Begin, ScriptedModels.Calls(("x", "{\"a\":\"\u00e8\\u0000\"}"))) with { Children = [Guid.CreateVersion7()] };
        state = AgentLoop.OnResult(state, state.Messages[0].ToolCalls[0], "\ud83d\ude00 \0 \"quoted\"");

        Assert.Equivalent(state, AgentStateJson.Read(AgentStateJson.Write(state)), strict: true);
    }

    [Fact]
    public void Fit_TooLarge_ShortensTheOldestResultsOnly()
    {
        var state = Begin;
        for (var i = 0; i < 10; i++)
        {
            state = AgentLoop.OnAnswer(state, ScriptedModels.Calls(("x", "{}")));
            state = AgentLoop.OnResult(state, state.Messages[^1].ToolCalls[0], new string('a', 10_000));
        }

        var (fitting, bytes) = Conversation.Fit(state, 60_000)!.Value;

        Assert.InRange(bytes.Length, 35_000, 50_000);
        Assert.Equal(20, fitting.Messages.Count);
        Assert.EndsWith("[9488 of 10000 characters left out, because the conversation grew too long]", fitting.Messages[1].Content, StringComparison.Ordinal);
        Assert.Equal(10_000, fitting.Messages[^1].Content.Length);
        Assert.Null(Conversation.Fit(state, 5_000));
    }

    [Fact]
    public void Cut_TenMegabytes_KeepsTheBeginningAndSaysHowMuchIsMissing()
    {
        var text = ToolText.Cut(new string('x', 10_000_000));

        Assert.InRange(text.Length, ToolText.MaxLength, ToolText.MaxLength + 100);
        Assert.EndsWith("[9934464 of 10000000 characters left out]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_WithinASurrogatePair_LeavesItOutWhole() => Assert.StartsWith("a\n[", ToolText.Cut("a\ud83d\ude00bc", 2), StringComparison.Ordinal);
}
