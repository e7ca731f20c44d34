using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Relational;

/// <summary>How the events of a run that one transaction tells stand in a row: as <c>[["step.queued","fetch",null,{…}],…]</c>.</summary>
internal static class RunTimeline
{
    public static string Write(IReadOnlyList<RunEffect.Tell> told)
    {
        var buffer = new ArrayBufferWriter<byte>(told.Count * 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var one in told)
            {
                Write(json, one);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, RunEffect.Tell told)
    {
        json.WriteStartArray();
        json.WriteStringValue(told.Type);
        json.WriteStringValue(told.Step);
        if (told.Item is { } item)
        {
            json.WriteNumberValue(item);
        }
        else
        {
            json.WriteNullValue();
        }

        if (told.Data is { } data)
        {
            json.WriteRawValue(data, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
