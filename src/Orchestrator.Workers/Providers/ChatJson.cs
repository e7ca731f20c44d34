using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>Reads the members that answers and their pieces have in common.</summary>
internal static class ChatJson
{
    public static JsonElement? Find(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    public static string? FindText(this JsonElement element, string name) => element.Find(name, JsonValueKind.String)?.GetString();

    /// <summary>A text, or a list of parts of which some are texts.</summary>
    public static string? FindContent(this JsonElement message) =>
        message.FindText("content")
        ?? (message.Find("content", JsonValueKind.Array) is { } parts
            ? string.Concat(parts.EnumerateArray().Select(static part => part.FindText("text")))
            : null);

    /// <summary>The first choice; more are never asked for.</summary>
    public static JsonElement? FindChoice(this JsonElement answer) =>
        answer.Find("choices", JsonValueKind.Array) is { } choices && choices.GetArrayLength() > 0 ? choices[0] : null;

    /// <summary>Null when it has not ended.</summary>
    public static string? FindFinishReason(this JsonElement choice) => choice.FindText("finish_reason") switch
    {
        null or "" => null,
        "stop" or "eos" or "end_turn" => FinishReasons.Stop,
        "length" or "max_tokens" => FinishReasons.Length,
        "tool_calls" or "function_call" => FinishReasons.ToolCalls,
        "content_filter" => FinishReasons.ContentFilter,
        _ => FinishReasons.Other,
    };

    /// <summary>What was used, with its cost; null when it is not said.</summary>
    public static TaskUsage? FindUsage(this JsonElement answer, ModelPrice? price)
    {
        if (answer.Find("usage", JsonValueKind.Object) is not { } usage)
        {
            return null;
        }

        var input = usage.Tokens("prompt_tokens");
        var output = usage.Tokens("completion_tokens");
        var cached = usage.Find("prompt_tokens_details", JsonValueKind.Object)?.Tokens("cached_tokens") ?? 0;
        var reasoning = usage.Find("completion_tokens_details", JsonValueKind.Object)?.Tokens("reasoning_tokens") ?? 0;

        // Some count what a model thinks beside what it says.
        if (reasoning > 0 && usage.Tokens("total_tokens") == input + output + reasoning)
        {
            output += reasoning;
        }

        var used = new TaskUsage(input, output, cached, reasoning).Bounded();
        return price is null ? used : (used with { Cost = price.CostOf(used) }).Bounded();
    }

    private static long Tokens(this JsonElement usage, string name) =>
        usage.Find(name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var tokens) ? Math.Clamp(tokens, 0, TaskUsage.MaxTokens) : 0;
}
