using System.Diagnostics;

namespace Orchestrator.TestKit;

/// <summary>Waits for something that another process will bring about and cannot signal.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is yes; throws with <paramref name="describe"/>'s words when the time is up.</summary>
    public static async Task TrueAsync(Func<Task<bool>> ask, TimeSpan limit, Func<string> describe)
    {
        var started = Stopwatch.StartNew();
        while (!await ask())
        {
            if (started.Elapsed > limit)
            {
                throw new TimeoutException($"It did not come true within {limit}. {describe()}");
            }

            await Task.Delay(Interval);
        }
    }
}
