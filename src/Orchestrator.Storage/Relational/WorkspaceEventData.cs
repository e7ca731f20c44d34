using System.Text.Json;
using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Relational;

/// <summary>What an event of a workspace carries beyond its type; members that do not apply stay away.</summary>
internal sealed record WorkspaceEventData
{
    public string? Fuse { get; init; }
    public string? Provider { get; init; }
    public string? Reason { get; init; }

    /// <summary>In UTC, and so written with a Z.</summary>
    public DateTime? Until { get; init; }
    public decimal? Limit { get; init; }
    public decimal? Spent { get; init; }

    public static WorkspaceEventData Of(Fuse fuse) => new() { Fuse = fuse.ToName() };

    public string ToJson() => JsonSerializer.Serialize(this, StorageJson.Default.WorkspaceEventData);
}
