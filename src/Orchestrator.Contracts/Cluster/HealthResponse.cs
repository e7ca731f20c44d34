using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Cluster;

/// <param name="Status"><c>live</c>, <c>ready</c>, <c>draining</c> or <c>unavailable</c>.</param>
/// <param name="Reason">Why it is not ready.</param>
public sealed record HealthResponse(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);
