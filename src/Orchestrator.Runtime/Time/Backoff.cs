using Orchestrator.Runtime.Randomness;

namespace Orchestrator.Runtime.Time;

/// <summary>Growing pauses between tries of something that fails: each twice the last, between half and the whole of it at random.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest, IRandomSource random)
{
    private int _doublings;

    /// <summary>The pause before the next try.</summary>
    public TimeSpan Next()
    {
        var ceiling = first * Math.Pow(2, _doublings);
        if (ceiling < longest)
        {
            _doublings++;
        }
        else
        {
            ceiling = longest;
        }

        return ceiling * (0.5 + (random.NextDouble() / 2));
    }

    /// <summary>Starts again from the shortest pause, after a success.</summary>
    public void Reset() => _doublings = 0;
}
