using System.Text.Json;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents;

/// <summary>The input of an agent's task: a prompt or messages, and what they are about.</summary>
internal sealed record AgentInput
{
    public string? Prompt { get; init; }

    public IReadOnlyList<AgentInputMessage>? Messages { get; init; }

    public JsonElement? Context { get; init; }

    /// <summary>The beginning of the conversation; null, and what is wrong, when the input is none.</summary>
    public static IReadOnlyList<ChatMessage>? Read(ReadOnlyMemory<byte> json, out string problem)
    {
        if (!WorkerInput.TryRead<AgentInput>(json, WorkerJson.Options, out var input, out problem))
        {
            return null;
        }

        var mistakes = input.FindMistakes().ToList();
        problem = string.Join(' ', mistakes);
        return mistakes.Count > 0 ? null : input.ToMessages();
    }

    private IEnumerable<string> FindMistakes()
    {
        if ((Prompt is null) == (Messages is null))
        {
            yield return "$: either prompt or messages is required.";
        }

        if (Prompt is { } prompt && string.IsNullOrWhiteSpace(prompt))
        {
            yield return "$.prompt: must not be empty.";
        }

        if (Messages is { Count: 0 })
        {
            yield return "$.messages: must not be empty.";
        }

        for (var i = 0; i < (Messages?.Count ?? 0); i++)
        {
            if (Messages![i].FindRole() is null)
            {
                yield return FormattableString.Invariant($"$.messages[{i}].role: must be \"user\", \"assistant\" or \"system\".");
            }
        }
    }

    private List<ChatMessage> ToMessages()
    {
        var messages = Messages is null
            ? [new ChatMessage(ChatRole.User, Prompt!)]
            : Messages.Select(static message => new ChatMessage(message.FindRole()!.Value, message.Content)).ToList();
        if (Context is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } context)
        {
            var text = context.ValueKind == JsonValueKind.String ? context.GetString()! : context.GetRawText();
            messages.Insert(0, new ChatMessage(ChatRole.User, $"What follows is about this:\n{text}"));
        }

        return messages;
    }
}
