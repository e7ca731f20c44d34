using Orchestrator.Benchmarks.Hosts;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Submits single tasks to a gateway at evenly spaced moments, however long each answer takes.</summary>
internal static class SteadyLoad
{
    // As many as never all wait for an answer at the same time.
    private const int Connections = 64;
    private const int StackBytes = 256 * 1024;

    public static PickupTimes Run(Uri gateway, int workspaces, double rate, TimeSpan duration)
    {
        var times = new PickupTimes((int)(rate * duration.TotalSeconds));
        var begin = StampExecutor.Now();
        var failures = new Exception?[Connections];
        var threads = Enumerable.Range(0, Connections).Select(place => new Thread(
            () =>
            {
                try
                {
                    Send(gateway, workspaces, rate, begin, place, times);
                }
                catch (Exception failure)
                {
                    failures[place] = failure;
                }
            },
            StackBytes)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failures.OfType<Exception>().ToList() is { Count: > 0 } all ? throw new AggregateException(all) : times;
    }

    private static void Send(Uri gateway, int workspaces, double rate, double begin, int place, PickupTimes times)
    {
        using var connection = new HttpConnection(gateway);
        for (var task = place; task < times.Count; task += Connections)
        {
            var request = HttpConnection.Post(
                $"/api/v1/workspaces/{OwnStore.Workspace(task % workspaces)}/tasks",
                $$"""{"action":"{{StampExecutor.Action}}","input":{{StampExecutor.Input(task)}}}""");
            var early = begin + (task * 1e6 / rate) - StampExecutor.Now();
            if (early > 0)
            {
                Thread.Sleep(TimeSpan.FromMicroseconds(early));
            }

            var called = StampExecutor.Now();
            connection.Submit(request);
            times.OnAnswered(task, called, StampExecutor.Now());
        }
    }
}
