using System.Buffers;
using System.Text.Json;
using Orchestrator.Runtime.Execution;

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
            writer.WriteEndObject();
        }

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
