using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary>What calls can cost at most, where prices are known. A token has at least one byte of its text.</summary>
internal sealed class CostBounds(GenerationOptions options, ProviderDirectory providers)
{
    /// <summary>What a provider adds to each message, tool and call.</summary>
    private const int TokensPerMessage = 32;

    /// <summary>What an attempt that asks each of these models can cost; null when a price is missing.</summary>
    /// <param name="calls">How often a model may be asked.</param>
    public decimal? OfAttempt(IReadOnlyList<ModelName> models, int calls, bool hasOutput = true)
    {
        if (models.Count == 0)
        {
            return null;
        }

        decimal most = 0;
        foreach (var model in models)
        {
            if (providers.PriceOf(model) is not { } price)
            {
                return null;
            }

            most = Math.Max(most, price.CostOf(options.MaxInputBytes + TokensPerMessage, hasOutput ? options.MaxOutputTokens : 0));
        }

        return Math.Min(calls * most, TaskUsage.MaxCost);
    }

    /// <summary>
    /// The conversation with its output bounded by what may be spent, whichever of the models answers; null when nothing is left for an
    /// answer. A model without a price bounds nothing.
    /// </summary>
    /// <param name="left">What may be spent; null for any amount.</param>
    public Chat? Bound(IReadOnlyList<ModelName> models, Chat chat, decimal? left)
    {
        if (left is not { } budget)
        {
            return chat;
        }

        var tokens = chat.MaxOutputTokens ?? options.MaxOutputTokens;
        var input = InputTokensOf(chat);
        foreach (var model in models)
        {
            if (providers.PriceOf(model) is { } price)
            {
                tokens = Math.Min(tokens, OutputTokensFor(price, budget - price.CostOf(input, 0)));
            }
        }

        return tokens > 0 ? chat with { MaxOutputTokens = tokens } : null;
    }

    private static int OutputTokensFor(ModelPrice price, decimal left)
    {
        var one = price.CostOf(0, 1_000_000);
        return left < 0 ? 0 : one == 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, left / one * 1_000_000);
    }

    /// <summary>All that is sent and may be counted: a tool and a call are text to the model as well.</summary>
    private static long InputTokensOf(Chat chat) => chat.Messages.Sum(TokensOf) + chat.Tools.Sum(TokensOf) + (chat.AnswerSchema?.Length ?? 0);

    private static long TokensOf(ChatMessage message) =>
        TokensPerMessage + BytesOf(message.Content) + BytesOf(message.ToolCallId ?? "")
        + message.ToolCalls.Sum(static call => TokensPerMessage + BytesOf(call.Id) + BytesOf(call.Name) + BytesOf(call.Arguments));

    private static long TokensOf(ChatTool tool) => TokensPerMessage + BytesOf(tool.Name) + BytesOf(tool.Description) + tool.Parameters.Length;

    private static long BytesOf(string text) => Encoding.UTF8.GetByteCount(text);
}
