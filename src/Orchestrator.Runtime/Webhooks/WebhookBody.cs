using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>What a receiver is sent: the event as the API shows it, with its id and where it belongs.</summary>
internal static class WebhookBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(ClaimedDelivery delivery)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("id", delivery.EventId);
        json.WriteString("type", delivery.Type);
        json.WriteString("at", EventTime.Format(delivery.At));
        json.WriteString("workspace", delivery.Workspace);
        Write(json, "taskId", delivery.TaskId?.ToString());
        if (delivery.RunId is { } run)
        {
            json.WriteString("runId", run);
        }

        Write(json, "seq", delivery.Seq);
        Write(json, "attempt", delivery.Attempt);
        json.WritePropertyName("data");
        json.WriteRawValue(delivery.Data ?? "null");
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, string? value) => json.WriteString(name, value);

    private static void Write(Utf8JsonWriter json, string name, long? value)
    {
        json.WritePropertyName(name);
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
