using System.Text.Json.Nodes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Counts what is open at the same time.</summary>
internal static class SweepLine
{
    /// <summary>The most intervals that are open at once; one that ends as another begins is not open with it.</summary>
    public static int FindPeak(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> intervals)
    {
        var open = 0;
        return intervals
            .SelectMany(static interval => new[] { (At: interval.From, Change: 1), (At: interval.To, Change: -1) })
            .OrderBy(static step => step.At)
            .ThenBy(static step => step.Change)
            .Max(step => open += step.Change);
    }

    /// <summary>When tasks were with a silo, by their events.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>> FindProcessingAsync(Api api, IEnumerable<Guid> ids)
    {
        var intervals = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var id in ids)
        {
            DateTimeOffset? since = null;
            foreach (var item in await api.GetEventsAsync(id))
            {
                var at = item["at"]!.GetValue<DateTimeOffset>();
                if (item["type"]!.GetValue<string>() == "task.processing")
                {
                    since ??= at;
                }
                else if (since is { } from && IsTransition(item))
                {
                    intervals.Add((from, at));
                    since = null;
                }
            }
        }

        return intervals;
    }

    private static bool IsTransition(JsonNode item) => item["type"]!.GetValue<string>() is not ("task.progress" or "task.chunk" or "task.message");
}
