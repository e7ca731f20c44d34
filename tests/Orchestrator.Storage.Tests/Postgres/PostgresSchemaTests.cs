using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Storage.Tests.Postgres;

public sealed class PostgresSchemaTests
{
    [PostgresFact]
    public async Task Migrate_EightProcessesAtOnce_AppliesEachVersionOnce()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        var stores = Enumerable.Range(0, 8).Select(_ => Open(schema.ConnectionString)).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.MigrateAsync(CancellationToken.None))));

        foreach (var store in stores)
        {
            await store.CheckReadyAsync(CancellationToken.None);
            await store.DisposeAsync();
        }

        Assert.Equal(["default"], await schema.QueryAsync<string>("SELECT id FROM workspaces"));
    }

    [PostgresFact]
    public async Task CheckReady_NotMigrated_IsUnavailable()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var store = Open(schema.ConnectionString);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckReadyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task CheckReady_NoServer_IsUnavailable()
    {
        await using var store = Open("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckReadyAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task Migrate_NewerSchema_IsLeftAlone()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var store = Open(schema.ConnectionString);
        await store.MigrateAsync(CancellationToken.None);
        await schema.ExecuteAsync("INSERT INTO schema_versions VALUES (9999, now())");

        await store.MigrateAsync(CancellationToken.None);

        await store.CheckReadyAsync(CancellationToken.None);
    }

    private static IStore Open(string connectionString) =>
        StoreFactory.Open(new StoreOptions { ConnectionString = connectionString }, TimeProvider.System);
}
