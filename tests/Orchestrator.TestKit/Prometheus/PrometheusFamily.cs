namespace Orchestrator.TestKit.Prometheus;

/// <summary>What a page tells under one name.</summary>
public sealed record PrometheusFamily(string Name, string Help, string Type, IReadOnlyList<PrometheusSample> Samples);
