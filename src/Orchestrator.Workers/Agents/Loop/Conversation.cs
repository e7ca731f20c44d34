using System.Globalization;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents.Loop;

/// <summary>Keeps a conversation within what a checkpoint holds.</summary>
internal static class Conversation
{
    /// <summary>What is left of a tool's result that had to be shortened, in characters.</summary>
    public const int KeptOfResult = 512;

    /// <summary>
    /// The state and its bytes, at most <paramref name="maxBytes"/> of them: where it has more, results of tools are shortened, the oldest
    /// first, until a quarter of the room is free again. Null when that is not enough.
    /// </summary>
    public static (AgentState State, byte[] Bytes)? Fit(AgentState state, int maxBytes)
    {
        var bytes = AgentStateJson.Write(state);
        if (bytes.Length <= maxBytes)
        {
            return (state, bytes);
        }

        var excess = bytes.Length - (maxBytes / 4 * 3);
        var messages = state.Messages.ToBuilder();
        for (var i = 0; i < messages.Count && excess > 0; i++)
        {
            if (messages[i] is { Role: ChatRole.Tool, Content: { Length: > 2 * KeptOfResult } content })
            {
                messages[i] = messages[i] with { Content = ToolText.Cut(content, KeptOfResult, "left out, because the conversation grew too long") };
                excess -= content.Length - messages[i].Content.Length;
            }
        }

        var shorter = state with { Messages = messages.ToImmutable() };
        bytes = AgentStateJson.Write(shorter);
        return bytes.Length <= maxBytes ? (shorter, bytes) : null;
    }

    /// <summary>What the model is shown.</summary>
    public static IReadOnlyList<ChatMessage> ToPrompt(string instructions, IReadOnlyList<ChatMessage> input, AgentState state) =>
        [new ChatMessage(ChatRole.System, instructions), .. input, .. state.Messages];

    /// <summary>For people who follow the task.</summary>
    public static string TurnOf(int turn, int maxTurns, string what) => string.Create(CultureInfo.InvariantCulture, $"Turn {turn} of {maxTurns}: {what}");
}
