using System.Diagnostics;
using Orchestrator.Storage;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Submits to our own store until told to stop, as much as is worked off or at a steady rate.</summary>
internal sealed class SoakProducer(IStore store, TableMeter meter, int workspaces)
{
    private const int Batch = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private long _submitted;

    /// <summary>Keeps about <paramref name="depth"/> tasks queued for as long as <paramref name="time"/>.</summary>
    public async Task SaturateAsync(int depth, TimeSpan time)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            if (_submitted - await meter.CountEndedAsync() < depth)
            {
                await SubmitAsync(Batch);
            }
            else
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Submits that many tasks a second for as long as <paramref name="time"/>.</summary>
    public async Task SubmitSteadilyAsync(double perSecond, TimeSpan time)
    {
        var before = _submitted;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            var due = (int)((perSecond * clock.Elapsed.TotalSeconds) - (_submitted - before));
            if (due > 0)
            {
                await SubmitAsync(Math.Min(due, Batch));
            }

            await Task.Delay(Pause);
        }
    }

    private async Task SubmitAsync(int tasks)
    {
        await OwnStore.SubmitAsync(store, workspaces, tasks);
        await OwnHints.TasksAreReadyAsync(store);
        _submitted += tasks;
    }
}
