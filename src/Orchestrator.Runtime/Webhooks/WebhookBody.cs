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
        if (delivery.TaskId is { } taskId)
        {
            json.WriteString("taskId", taskId);
            json.WriteNumber("seq", delivery.Seq!.Value);
            json.WriteNumber("attempt", delivery.Attempt!.Value);
        }
        else
        {
            json.WriteNull("taskId");
            json.WriteNull("seq");
            json.WriteNull("attempt");
        }

        json.WritePropertyName("data");
        json.WriteRawValue(delivery.Data ?? "null");
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
