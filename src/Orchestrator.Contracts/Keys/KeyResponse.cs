using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Keys;

/// <summary>A key: who may do what where.</summary>
public sealed record KeyResponse
{
    /// <summary>The part of the key that is no secret.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>Null for everywhere.</summary>
    public IReadOnlyList<string>? Workspaces { get; init; }

    /// <summary>The key itself, there only in the answer that creates it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The name of the key that created it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null while it was not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To a minute; null when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
