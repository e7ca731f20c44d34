namespace Orchestrator.TestKit.Prometheus;

/// <summary>A rule as Prometheus has read it.</summary>
/// <param name="Query">What it asks, as Prometheus writes it.</param>
/// <param name="LastError">Why it could not be evaluated, if it could not.</param>
public sealed record PrometheusRule(string Name, bool IsAlert, string Query, string? LastError);
