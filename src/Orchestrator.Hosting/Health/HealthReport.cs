namespace Orchestrator.Hosting.Health;

/// <summary>The answer of the health endpoints.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c>, <c>draining</c> or <c>unavailable</c>.</param>
public sealed record HealthReport(string Status);
