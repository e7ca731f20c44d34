namespace Orchestrator.Runtime.Randomness;

/// <summary>The framework's generator, behind a lock because an instance of it is not thread-safe.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    private readonly Lock _lock = new();
    private readonly Random _random = new();

    public double NextDouble()
    {
        lock (_lock)
        {
            return _random.NextDouble();
        }
    }
}
