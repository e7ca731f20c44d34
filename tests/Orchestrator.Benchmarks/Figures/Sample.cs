namespace Orchestrator.Benchmarks.Figures;

/// <summary>What one measurement found: values by metric, each metric's name ending in its unit.</summary>
internal sealed class Sample : Dictionary<string, double>
{
    public Sample()
        : base(StringComparer.Ordinal)
    {
    }
}
