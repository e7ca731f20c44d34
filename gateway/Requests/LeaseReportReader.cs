using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads what remote workers report of their attempts.</summary>
internal static class LeaseReportReader
{
    private const int MaxChunks = 1_000;
    private const int MaxRetryAfterMs = 24 * 60 * 60 * 1000;

    /// <summary>What a heartbeat brings along.</summary>
    /// <param name="Checkpoint">Null for none.</param>
    /// <param name="ConsumedThrough">The number of the last message that it took in; 0 for none.</param>
    internal sealed record Note(ReadOnlyMemory<byte>? Checkpoint, int ConsumedThrough);

    /// <summary>A failure as the worker tells it.</summary>
    internal sealed record Failure(TaskError Error, TimeSpan? RetryAfter, TaskUsage? Usage);

    public static Note ReadHeartbeat(JsonElement? body, FieldErrors errors)
    {
        if (body is not { } root || ObjectReader.Open(root, JsonPointer.Root, errors) is not { } fields)
        {
            return new Note(null, 0);
        }

        var isNull = fields.IsNull("checkpoint");
        var checkpoint = fields.Raw("checkpoint", TaskLimits.MaxCheckpointBytes);
        var through = fields.Integer("consumedThrough", 0, int.MaxValue) ?? 0;
        fields.RefuseUnknown();
        if (through > 0 && (checkpoint is null || isNull) && !errors.Has(fields.At("checkpoint")))
        {
            errors.Malformed(fields.At("checkpoint"), "is required with consumedThrough: messages are consumed by the checkpoint that took them in.");
        }

        return new Note(isNull ? null : checkpoint, through);
    }

    public static (double Fraction, string? Message) ReadProgress(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            return default;
        }

        fields.Require("fraction");
        var fraction = fields.Number("fraction", 0, 1) ?? 0;
        var message = fields.Text("message", TaskError.MaxMessageLength, minLength: 0);
        fields.RefuseUnknown();
        return (fraction, message);
    }

    public static IReadOnlyList<string> ReadChunks(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            return [];
        }

        fields.Require("chunks");
        var chunks = (fields.Array("chunks", MaxChunks, minItems: 1) ?? [])
            .Select(chunk => fields.CheckText(chunk.Value, chunk.Pointer, int.MaxValue, 1) ?? "")
            .ToList();
        fields.RefuseUnknown();
        return chunks;
    }

    public static (ReadOnlyMemory<byte> Result, TaskUsage? Usage) ReadCompletion(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            return default;
        }

        if (!fields.Has("result"))
        {
            errors.Malformed(fields.At("result"), "is required; a worker that has nothing to say sends null.");
        }

        var result = fields.Raw("result", TaskLimits.MaxResultBytes) ?? default;
        var usage = ReadUsage(fields);
        fields.RefuseUnknown();
        return (result, usage);
    }

    public static Failure? ReadFailure(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            return null;
        }

        fields.Require("code");
        fields.Require("message");
        var code = fields.Text("code", int.MaxValue, minLength: 0) ?? "";
        if (fields.IsGiven("code") && !errors.Has(fields.At("code")) && !ErrorCodes.IsKnown(code))
        {
            errors.Malformed(fields.At("code"), $"must be one of {string.Join(", ", ErrorCodes.All.Order(StringComparer.Ordinal))}.");
        }

        var message = fields.Text("message", int.MaxValue, minLength: 0) ?? "";
        var retryable = fields.Flag("retryable");
        var retryAfter = fields.Integer("retryAfterMs", 0, MaxRetryAfterMs);
        var usage = ReadUsage(fields);
        fields.RefuseUnknown();
        var error = TaskError.Of(code, message);
        return new Failure(
            retryable is { } worthWhile ? error with { Retryable = worthWhile } : error,
            retryAfter is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            usage);
    }

    private static TaskUsage? ReadUsage(ObjectReader fields)
    {
        if (fields.Find("usage") is not { ValueKind: not JsonValueKind.Null } value
            || ObjectReader.Open(value, fields.At("usage"), fields.Errors) is not { } usage)
        {
            return null;
        }

        var read = new TaskUsage(Tokens("inputTokens"), Tokens("outputTokens"), Tokens("cachedTokens"), Tokens("reasoningTokens"), ReadCost(usage));
        usage.RefuseUnknown();
        return read;

        long Tokens(string name) => usage.BigInteger(name, 0, TaskUsage.MaxTokens) ?? 0;
    }

    private static decimal ReadCost(ObjectReader usage)
    {
        if (usage.Find("cost") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return 0;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var cost) && cost is >= 0 and <= TaskUsage.MaxCost)
        {
            return cost;
        }

        usage.Errors.Malformed(usage.At("cost"), $"must be a number from 0 to {TaskUsage.MaxCost:0}.");
        return 0;
    }
}
