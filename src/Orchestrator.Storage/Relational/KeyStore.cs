using Orchestrator.Core.Keys;
using Orchestrator.Storage.Keys;

namespace Orchestrator.Storage.Relational;

internal sealed class KeyStore(IDatabase database) : IKeyStore
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    public Task<KeyCreation> CreateAsync(KeyRecord key, ReadOnlyMemory<byte> hash, string? bootstrap, CancellationToken cancellationToken) =>
        database.WriteAsync(session => CreateAsync(session, key, hash, bootstrap), cancellationToken);

    public Task<bool> AddBootstrapAsync(string id, ReadOnlyMemory<byte> hash, TimeSpan life, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.ExecuteAsync("insert_bootstrap", SecretOf(id, hash, life)).ConfigureAwait(false) > 0, cancellationToken);

    public Task<bool> OpenSessionAsync(string id, ReadOnlyMemory<byte> hash, string keyId, TimeSpan life, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.ExecuteAsync("insert_session", [.. SecretOf(id, hash, life), Parameter.Text("@key_id", keyId)]).ConfigureAwait(false) > 0,
        cancellationToken);

    public Task<bool> EndSessionAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(
        async session => await session.ExecuteAsync("delete_session", Parameter.Text("@id", id)).ConfigureAwait(false) > 0, cancellationToken);

    public async Task<IReadOnlyList<KeyCredential>> FindValidAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => session.QueryAsync("find_credentials", ReadCredential, Parameter.TextList("@ids", ids), Parameter.Flag("@yes", true), Parameter.Flag("@no", false)), cancellationToken).ConfigureAwait(false);

    public Task<bool> AnyAsync(CancellationToken cancellationToken) => database.ReadAsync(static session => session.AnyAsync("any_key"), cancellationToken);

    public Task<KeyRecord?> FindAsync(string idOrName, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("find_key", Read, Parameter.Text("@id", idOrName)), cancellationToken);

    public async Task<IReadOnlyList<KeyRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync("list_keys", Read, Parameter.Text("@after", after ?? ""), Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<KeyRecord?> RevokeAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("revoke_key", Parameter.Text("@id", id)).ConfigureAwait(false);
            await session.ExecuteAsync("delete_sessions_of_key", Parameter.Text("@id", id)).ConfigureAwait(false);
            return await session.FindAsync("find_key", Read, Parameter.Text("@id", id)).ConfigureAwait(false);
        },
        cancellationToken);

    public Task TouchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.ExecuteAsync("touch_keys", Parameter.TextList("@ids", ids), Parameter.Span("@age", TouchInterval)), cancellationToken);

    private static async Task<KeyCreation> CreateAsync(Session session, KeyRecord key, ReadOnlyMemory<byte> hash, string? bootstrap)
    {
        foreach (var workspace in key.Scope.Workspaces ?? [null!])
        {
            var count = await session.FindAsync<long?>(
                "count_keys", static row => row.BigInteger("keys"), Parameter.Text("@workspace", workspace is null ? null : $"%\"{workspace}\"%")).ConfigureAwait(false);
            if (count >= (workspace is null ? KeyLimits.MaxKeys : KeyLimits.MaxKeysPerWorkspace))
            {
                return new KeyCreation.TooMany();
            }
        }

        var isNew = await session.ExecuteAsync(
            "insert_key",
            Parameter.Text("@id", key.Id),
            Parameter.Text("@name", key.Name),
            Parameter.Bytes("@hash", hash),
            Parameter.Text("@verbs", Json.OfList([.. key.Scope.Verbs.Select(KeyVerbNames.ToName)])),
            Parameter.Text("@workspaces", key.Scope.Workspaces is { } workspaces ? Json.OfList([.. workspaces]) : null),
            Parameter.Text("@created_by", key.CreatedBy),
            Parameter.Time("@expires_at", key.ExpiresAt)).ConfigureAwait(false) > 0;
        if (!isNew)
        {
            return new KeyCreation.NameTaken();
        }

        // Taken away in the same transaction, and only with a key: so a token creates one, however often and however wrongly it is tried.
        var tokens = await session.QueryAsync("delete_bootstraps", static row => row.Text("id")).ConfigureAwait(false);
        if (bootstrap is not null && !tokens.Contains(bootstrap))
        {
            await session.ExecuteAsync("delete_key", Parameter.Text("@id", key.Id)).ConfigureAwait(false);
            return new KeyCreation.BootstrapUsed();
        }

        return new KeyCreation.Created((await session.FindAsync("find_key", Read, Parameter.Text("@id", key.Id)).ConfigureAwait(false))!);
    }

    private static Parameter[] SecretOf(string id, ReadOnlyMemory<byte> hash, TimeSpan life) =>
        [Parameter.Text("@id", id), Parameter.Bytes("@hash", hash), Parameter.Span("@life", life)];

    private static KeyRecord Read(Row row) => new()
    {
        Id = row.Text("id"),
        Name = row.Text("name"),
        Scope = ReadScope(row),
        CreatedBy = row.Text("created_by"),
        CreatedAt = row.Time("created_at"),
        ExpiresAt = row.TimeOrNull("expires_at"),
        RevokedAt = row.TimeOrNull("revoked_at"),
        LastUsedAt = row.TimeOrNull("last_used_at"),
    };

    private static KeyCredential ReadCredential(Row row) =>
        new(row.Text("id"), row.Bytes("hash"), row.Text("key_id"), row.Text("name"), ReadScope(row), row.TimeOrNull("expires_at"), row.Flag("is_bootstrap"));

    private static KeyScope ReadScope(Row row) => new(
        [.. Json.ToList(row.Text("verbs")).Select(static name => KeyVerbNames.Parse(name)!.Value)],
        row.TextOrNull("workspaces") is { } workspaces ? Json.ToList(workspaces) : null);
}
