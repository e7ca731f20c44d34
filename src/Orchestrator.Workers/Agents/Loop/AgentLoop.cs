using System.Globalization;
using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Agents.Loop;

/// <summary>
/// The turns of an agent: the model answers, the tools that it called are called one after the other, and the model is asked again with
/// their results. What comes next follows from the state alone.
/// </summary>
internal static class AgentLoop
{
    public static AgentStep Next(AgentState state, int maxTurns)
    {
        var last = state.Messages.FindLastIndex(static message => message.Role == ChatRole.Assistant);
        if (last >= 0)
        {
            var results = state.Messages.Skip(last + 1).Count(static message => message.Role == ChatRole.Tool);
            var calls = state.Messages[last].ToolCalls;
            if (results < calls.Count)
            {
                return new AgentStep.Call(calls[results], string.Create(CultureInfo.InvariantCulture, $"turn-{state.Turns}-call-{results + 1}"));
            }

            if (calls.Count == 0 && last == state.Messages.Count - 1)
            {
                return new AgentStep.Conclude(state.Messages[last].Content);
            }
        }

        return state.Turns < maxTurns ? new AgentStep.Ask() : new AgentStep.Exhausted();
    }

    /// <summary>Takes up what people said to the task.</summary>
    public static AgentState Hear(AgentState state, IEnumerable<SteeringMessage> messages) => state with
    {
        Messages = state.Messages.AddRange(messages.Select(static message =>
            new ChatMessage(message.Role == "system" ? ChatRole.System : ChatRole.User, message.Content))),
    };

    /// <summary>The model has answered: one turn more.</summary>
    public static AgentState OnAnswer(AgentState state, ChatTurn answer) => state with
    {
        Turns = state.Turns + 1,
        Messages = state.Messages.Add(new ChatMessage(ChatRole.Assistant, answer.Text) { ToolCalls = answer.ToolCalls }),
    };

    /// <summary>A call has ended; it is not made again.</summary>
    public static AgentState OnResult(AgentState state, ToolCall call, string result) =>
        state with { Messages = state.Messages.Add(new ChatMessage(ChatRole.Tool, result) { ToolCallId = call.Id }) };

    /// <summary>The model is told why its answer is none.</summary>
    public static AgentState OnRefusal(AgentState state, string reason) =>
        state with { Messages = state.Messages.Add(new ChatMessage(ChatRole.User, reason)) };
}
