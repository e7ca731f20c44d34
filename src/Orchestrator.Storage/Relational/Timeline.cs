using System.Text.Json;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>The transitions that a task's row carries: <c>[seq, type, microseconds since 1970, attempt, data]</c>, comma-separated.</summary>
internal static class Timeline
{
    public static IEnumerable<TaskEvent> Parse(string timeline)
    {
        using var document = JsonDocument.Parse($"[{timeline}]");
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            yield return new TaskEvent(
                entry[0].GetInt32(),
                entry[1].GetString()!,
                UnixTime.FromMicroseconds(entry[2].GetInt64()),
                entry[3].GetInt32(),
                entry[4].ValueKind == JsonValueKind.Null ? null : entry[4].GetRawText());
        }
    }
}
