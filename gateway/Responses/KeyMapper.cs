using Orchestrator.Contracts.Keys;
using Orchestrator.Core.Keys;
using Orchestrator.Storage.Keys;

namespace Orchestrator.Gateway.Responses;

internal static class KeyMapper
{
    /// <param name="secret">Shown once, to whoever creates the key.</param>
    public static KeyResponse ToResponse(this KeyRecord key, KeyText? secret = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Verbs = [.. key.Scope.Verbs.Select(KeyVerbNames.ToName)],
        Workspaces = key.Scope.Workspaces,
        Key = secret?.Reveal(),
        CreatedBy = key.CreatedBy,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        RevokedAt = key.RevokedAt,
        LastUsedAt = key.LastUsedAt,
    };
}
