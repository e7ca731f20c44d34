using Orchestrator.Core.Keys;

namespace Orchestrator.Storage.Keys;

/// <summary>What a request is checked against: a key, a session that was opened with one, or a bootstrap token.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="Hash">The SHA-256 of its secret.</param>
/// <param name="KeyId">The key's id, which is another where this is a session.</param>
/// <param name="Name">The key's name.</param>
/// <param name="ExpiresAt">When the key ends; null for never.</param>
/// <param name="IsBootstrap">It may create the first key, and nothing else.</param>
public sealed record KeyCredential(string Id, ReadOnlyMemory<byte> Hash, string KeyId, string Name, KeyScope Scope, DateTimeOffset? ExpiresAt, bool IsBootstrap)
{
    public bool IsSession => Id != KeyId;
}
