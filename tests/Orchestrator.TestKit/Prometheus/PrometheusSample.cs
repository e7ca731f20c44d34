namespace Orchestrator.TestKit.Prometheus;

/// <summary>One value and what it is of.</summary>
public sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public override string ToString() => $"{Name}{{{string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}"))}}} {Value}";
}
