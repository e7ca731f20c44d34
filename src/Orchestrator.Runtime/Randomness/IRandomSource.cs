namespace Orchestrator.Runtime.Randomness;

/// <summary>Where jitter comes from; injected, so that a test can choose it. Safe for use from many threads.</summary>
public interface IRandomSource
{
    /// <summary>A number in [0, 1).</summary>
    double NextDouble();
}
