using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Storage.Tests.Kit;

public sealed class IsolatedDatabaseTests
{
    private readonly DatabaseTemplate _template = new(static database => database.ExecuteAsync("CREATE TABLE t AS SELECT 1 AS i"));

    [PostgresFact]
    public async Task Copy_DisposedWithAnOpenConnection_FailsAndIsDroppedAllTheSame()
    {
        var copy = await _template.CopyAsync();
        await using var leaked = new NpgsqlConnection(copy.ConnectionString + ";Pooling=false");
        await leaked.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await copy.DisposeAsync());

        await using var other = await _template.CopyAsync();
        Assert.Empty(await other.QueryAsync($"SELECT datname FROM pg_database WHERE datname = '{copy.Name}'"));
    }

    [PostgresFact]
    public async Task Copies_OfOneTemplate_AreAsItWasAndDoNotSeeEachOther()
    {
        await using var one = await _template.CopyAsync();
        await one.ExecuteAsync("UPDATE t SET i = 2; ALTER TABLE t RENAME TO u");
        await using var other = await _template.CopyAsync();

        Assert.Equal([2], await one.QueryAsync("SELECT i FROM u"));
        Assert.Equal([1], await other.QueryAsync("SELECT i FROM t"));
    }
}
