using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>The transitions that a task's row carries: <c>[seq, type, microseconds since 1970, attempt, data]</c>, comma-separated.</summary>
internal static class Timeline
{
    /// <summary>An attempt failed and the task is tried again.</summary>
    private const string Retry = "retry";

    /// <summary>How long the task was executed: without what came between its attempts, and without those that were handed back, which do not count.</summary>
    public static TimeSpan SumExecution(string timeline)
    {
        var sum = TimeSpan.Zero;
        DateTimeOffset? since = null;
        foreach (var entry in Parse(timeline))
        {
            if (entry.Type == TaskState.Processing.ToName())
            {
                since = entry.At;
            }
            else if (since is { } begun && (entry.Type == Retry || TaskStateNames.TryParse(entry.Type, out _)))
            {
                sum += entry.Type == TaskState.Queued.ToName() ? TimeSpan.Zero : entry.At - begun;
                since = null;
            }
        }

        return sum;
    }

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
