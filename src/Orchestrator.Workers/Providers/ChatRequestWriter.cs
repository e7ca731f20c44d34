using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>Writes what a provider is asked.</summary>
internal static class ChatRequestWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="JsonException">A schema is no JSON.</exception>
    public static ReadOnlyMemory<byte> Write(Provider provider, string model, Chat chat, bool streams)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartObject();
        json.WriteString("model", model);
        WriteMessages(json, chat, schemaInWords: chat.AnswerSchema is not null && !provider.TakesSchemas);
        WriteTools(json, chat.Tools);
        WriteFormat(json, provider, chat);
        if (chat.MaxOutputTokens is { } tokens)
        {
            json.WriteNumber(provider.IsKnown ? "max_completion_tokens" : "max_tokens", tokens);
        }

        if (chat.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (streams)
        {
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMessages(Utf8JsonWriter json, Chat chat, bool schemaInWords)
    {
        json.WriteStartArray("messages");
        if (schemaInWords)
        {
            json.WriteStartObject();
            json.WriteString("role", "system");
            json.WriteString("content", $"Answer with one JSON object that follows this JSON Schema, and with nothing else: {System.Text.Encoding.UTF8.GetString(chat.AnswerSchema!.Value.Span)}");
            json.WriteEndObject();
        }

        foreach (var message in chat.Messages)
        {
            json.WriteStartObject();
            json.WriteString("role", NameOf(message.Role));
            WriteContent(json, message);
            WriteCalls(json, message.ToolCalls);
            if (message.ToolCallId is { } id)
            {
                json.WriteString("tool_call_id", id);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter json, ChatMessage message)
    {
        // Some providers refuse empty texts beside calls.
        if (message.Content.Length == 0 && message.ToolCalls.Count > 0)
        {
            json.WriteNull("content");
        }
        else
        {
            json.WriteString("content", message.Content);
        }
    }

    private static void WriteCalls(Utf8JsonWriter json, IReadOnlyList<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.Id);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, IReadOnlyList<ChatTool> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            json.WriteRawValue(tool.Parameters.Span);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFormat(Utf8JsonWriter json, Provider provider, Chat chat)
    {
        if (chat.AnswerSchema is null && !chat.AnswersJson)
        {
            return;
        }

        json.WriteStartObject("response_format");
        if (chat.AnswerSchema is { } schema && provider.TakesSchemas)
        {
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", "answer");
            json.WritePropertyName("schema");
            json.WriteRawValue(schema.Span);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", "json_object");
        }

        json.WriteEndObject();
    }

    private static string NameOf(ChatRole role) => role switch
    {
        ChatRole.System => "system",
        ChatRole.User => "user",
        ChatRole.Assistant => "assistant",
        ChatRole.Tool => "tool",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };
}
