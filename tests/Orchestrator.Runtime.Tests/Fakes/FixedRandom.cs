using Orchestrator.Runtime.Randomness;

namespace Orchestrator.Runtime.Tests.Fakes;

internal sealed class FixedRandom(double value = 0.5) : IRandomSource
{
    public double NextDouble() => value;
}
