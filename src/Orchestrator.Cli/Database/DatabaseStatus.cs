using System.Text.Json.Serialization;

namespace Orchestrator.Cli.Database;

/// <summary>Where a schema stands.</summary>
/// <param name="Version">Its version; 0 where there is none.</param>
/// <param name="Needed">The version that this program needs.</param>
internal sealed record DatabaseStatus(int Version, int Needed, bool Current)
{
    /// <summary>Its version before it was brought up to date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Before { get; init; }
}
