using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Storage.Tests.Kit;

public sealed class PostgresClusterTests
{
    [PostgresFact]
    public async Task Schema_DisposedWithAnOpenConnection_FailsAndIsDroppedAllTheSame()
    {
        var schema = await IsolatedSchema.CreateAsync();
        await using var leaked = new NpgsqlConnection(schema.ConnectionString + ";Pooling=false");
        await leaked.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await schema.DisposeAsync());

        await using var other = await IsolatedSchema.CreateAsync();
        Assert.Empty(await other.QueryAsync<string>($"SELECT nspname::text FROM pg_namespace WHERE nspname = '{schema.Name}'"));
    }

    [PostgresFact]
    public async Task Schemas_OfTwoTests_DoNotSeeEachOther()
    {
        await using var one = await IsolatedSchema.CreateAsync();
        await using var other = await IsolatedSchema.CreateAsync();
        await one.ExecuteAsync("CREATE TABLE t (i integer)");

        await Assert.ThrowsAsync<PostgresException>(() => other.QueryAsync<int>("SELECT i FROM t"));
    }
}
