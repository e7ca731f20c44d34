using Orchestrator.Core.Keys;

namespace Orchestrator.Storage.Keys;

/// <summary>A key, without what would let anybody use it.</summary>
public sealed record KeyRecord
{
    public required string Id { get; init; }

    /// <summary>Nobody else's, also after it was revoked: the audit log names callers by it.</summary>
    public required string Name { get; init; }

    public required KeyScope Scope { get; init; }

    /// <summary>The name of the key that created it.</summary>
    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To a minute; null when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
