namespace Orchestrator.Storage.Keys;

/// <summary>Keys, the sessions opened with them, and the tokens that create the first one. Of their secrets it has hashes only.</summary>
public interface IKeyStore
{
    /// <summary>
    /// Creates a key. The first takes every bootstrap token out with it.
    /// </summary>
    /// <param name="bootstrap">The id of the bootstrap token that asks for it; null when a key does.</param>
    Task<KeyCreation> CreateAsync(KeyRecord key, ReadOnlyMemory<byte> hash, string? bootstrap, CancellationToken cancellationToken);

    /// <summary>Adds a bootstrap token unless there is a valid key with which everything may be done; false when there is one.</summary>
    Task<bool> AddBootstrapAsync(string id, ReadOnlyMemory<byte> hash, TimeSpan life, CancellationToken cancellationToken);

    /// <summary>Opens a session with a key; false when the key is not valid any more. It ends with its key at the latest.</summary>
    Task<bool> OpenSessionAsync(string id, ReadOnlyMemory<byte> hash, string keyId, TimeSpan life, CancellationToken cancellationToken);

    /// <summary>Ends a session; false when there is none.</summary>
    Task<bool> EndSessionAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those of these ids that are valid now, by the database's clock.</summary>
    Task<IReadOnlyList<KeyCredential>> FindValidAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Whether there is any key, valid or not: from then on nobody comes in without one.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>A key by its id or its name.</summary>
    Task<KeyRecord?> FindAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Keys by name, those after <paramref name="after"/> if given, revoked ones included.</summary>
    Task<IReadOnlyList<KeyRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Revokes a key and ends its sessions; the key as it is then, or null when there is none.</summary>
    Task<KeyRecord?> RevokeAsync(string id, CancellationToken cancellationToken);

    /// <summary>Notes that keys were used, to a minute.</summary>
    Task TouchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
