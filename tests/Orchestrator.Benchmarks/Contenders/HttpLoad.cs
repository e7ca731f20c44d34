using System.Diagnostics;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Connections that each send one request after another, and what was answered while they were watched.</summary>
internal static class HttpLoad
{
    private const int StackBytes = 256 * 1024;

    /// <summary>How long each request took, in milliseconds, smallest first, of those answered within <paramref name="watched"/>.</summary>
    /// <param name="warmUp">How long requests are sent before they count.</param>
    /// <param name="requests">What is sent, by every connection in turn from a place of its own.</param>
    public static IReadOnlyList<double> Run(Uri server, int connections, TimeSpan warmUp, TimeSpan watched, IReadOnlyList<byte[]> requests)
    {
        var begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(watched.TotalSeconds * Stopwatch.Frequency);
        var took = new List<double>[connections];
        var failures = new Exception?[connections];
        var threads = Enumerable.Range(0, connections).Select(place => new Thread(
            () =>
            {
                try
                {
                    took[place] = Send(server, begin, end, requests, place);
                }
                catch (Exception failure)
                {
                    failures[place] = failure;
                }
            },
            StackBytes)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failures.OfType<Exception>().ToList() is { Count: > 0 } all ? throw new AggregateException(all) : [.. took.SelectMany(times => times).Order()];
    }

    /// <summary>The value below which this share of sorted values lies.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    private static List<double> Send(Uri server, long begin, long end, IReadOnlyList<byte[]> requests, int place)
    {
        using var connection = new HttpConnection(server);
        var took = new List<double>();
        for (var next = place; ; next++)
        {
            var sent = Stopwatch.GetTimestamp();
            connection.Submit(requests[next % requests.Count]);
            var answered = Stopwatch.GetTimestamp();
            if (answered > end)
            {
                return took;
            }

            if (answered >= begin)
            {
                took.Add(Stopwatch.GetElapsedTime(sent, answered).TotalMilliseconds);
            }
        }
    }
}
