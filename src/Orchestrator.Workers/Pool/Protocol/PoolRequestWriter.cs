using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Pool;

/// <summary>Builds the lines for a worker process.</summary>
internal static class PoolRequestWriter
{
    public static ReadOnlyMemory<byte> Ping { get; } = "{\"type\":\"ping\"}\n"u8.ToArray();

    public static ReadOnlyMemory<byte> Shutdown { get; } = "{\"type\":\"shutdown\"}\n"u8.ToArray();

    public static ReadOnlyMemory<byte> Cancel(Guid id) =>
        System.Text.Encoding.UTF8.GetBytes($"{{\"type\":\"cancel\",\"id\":\"{id}\"}}\n");

    /// <param name="remaining">Time the attempt has left.</param>
    public static ReadOnlyMemory<byte> Task(AttemptContext attempt, TimeSpan remaining)
    {
        var buffer = new ArrayBufferWriter<byte>(attempt.Input.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "task"u8);
            writer.WriteString("id"u8, attempt.TaskId);
            writer.WriteString("action"u8, attempt.Action);
            // The input was checked when the task was submitted; it goes through as it came.
            writer.WritePropertyName("input"u8);
            writer.WriteRawValue(attempt.Input.Span, skipInputValidation: true);
            writer.WriteNumber("attempt"u8, attempt.Attempt);
            writer.WriteNumber("deadlineMs"u8, (long)Math.Ceiling(remaining.TotalMilliseconds));
            if (attempt.Checkpoint is { } checkpoint)
            {
                writer.WritePropertyName("checkpoint"u8);
                writer.WriteRawValue(checkpoint.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return ToLine(buffer);
    }

    /// <summary>The children that were created, in the order in which they were asked for.</summary>
    public static ReadOnlyMemory<byte> Delegated(PoolMessage asked, IReadOnlyList<Guid> children) => Answer("delegated"u8, asked, writer =>
    {
        writer.WriteStartArray("children"u8);
        foreach (var child in children)
        {
            writer.WriteStringValue(child);
        }

        writer.WriteEndArray();
    });

    /// <summary>What was asked for cannot be done.</summary>
    public static ReadOnlyMemory<byte> Refused(PoolMessage asked, string code, string message) => Answer("refused"u8, asked, writer =>
    {
        writer.WriteString("code"u8, code);
        writer.WriteString("message"u8, message);
    });

    /// <summary>One of the children has not ended, or nobody has been asked.</summary>
    public static ReadOnlyMemory<byte> Pending(PoolMessage asked) => Answer("pending"u8, asked, static _ => { });

    /// <summary>What a person decided.</summary>
    public static ReadOnlyMemory<byte> Decided(PoolMessage asked, ApprovalAnswer answer) => Answer("decided"u8, asked, writer =>
    {
        writer.WriteString("decision"u8, answer.Decision.ToString().ToLowerInvariant());
        if (answer.Edits is { } edits)
        {
            writer.WritePropertyName("edits"u8);
            writer.WriteRawValue(edits.Span, skipInputValidation: true);
        }

        if (answer.Comment is { } comment)
        {
            writer.WriteString("comment"u8, comment);
        }
    });

    /// <summary>How one child ended.</summary>
    public static ReadOnlyMemory<byte> Outcome(PoolMessage asked, ChildOutcome child) => Answer("outcome"u8, asked, writer =>
    {
        writer.WriteString("child"u8, child.Id);
        writer.WriteString("status"u8, child.State.ToName());
        if (child.Result is { } result)
        {
            writer.WritePropertyName("result"u8);
            writer.WriteRawValue(result.Span, skipInputValidation: true);
        }

        if (child.Error is { } error)
        {
            writer.WriteStartObject("error"u8);
            writer.WriteString("code"u8, error.Code);
            writer.WriteString("message"u8, error.Message);
            writer.WriteBoolean("retryable"u8, error.Retryable);
            writer.WriteEndObject();
        }
    });

    private static ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> type, PoolMessage asked, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteString("id"u8, asked.Id);
            if (asked.Request is { } request)
            {
                writer.WriteNumber("request"u8, request);
            }

            write(writer);
            writer.WriteEndObject();
        }

        return ToLine(buffer);
    }

    private static ReadOnlyMemory<byte> ToLine(ArrayBufferWriter<byte> buffer)
    {
        buffer.Write("\n"u8);
        var line = buffer.WrittenMemory;
        FlattenLines(System.Runtime.InteropServices.MemoryMarshal.AsMemory(line).Span[..^1]);
        return line;
    }

    /// <summary>JSON has raw line breaks only between tokens, where a space means the same.</summary>
    private static void FlattenLines(Span<byte> json)
    {
        json.Replace((byte)'\n', (byte)' ');
        json.Replace((byte)'\r', (byte)' ');
    }
}
