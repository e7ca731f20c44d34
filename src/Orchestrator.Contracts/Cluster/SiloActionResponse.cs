using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Cluster;

/// <summary>An action that a silo knows.</summary>
/// <param name="Action">Its name.</param>
/// <param name="Concurrency">How many attempts of it the silo runs at the same time.</param>
/// <param name="UnavailableReason">Why the silo cannot serve it now; null when it can.</param>
public sealed record SiloActionResponse(string Action, int Concurrency, string? UnavailableReason)
{
    /// <summary>How well it does what needs a skill, by the skill's name, above 0 and up to 1; left out when it declares none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Skills { get; init; }
}
