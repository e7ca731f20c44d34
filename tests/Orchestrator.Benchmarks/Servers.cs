using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks;

/// <summary>The database servers of a run, each started when it is first needed.</summary>
internal sealed class Servers : IAsyncDisposable
{
    // Small machines are given about this; every contender on PostgreSQL runs on the same server.
    private static readonly string[] Settings = ["shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min", "wal_compression=off", "autovacuum_naptime=1min"];

    private PostgresCluster? _postgres;

    /// <summary>The PostgreSQL of this run; null as long as nobody has needed it.</summary>
    public PostgresCluster? StartedPostgres => _postgres;

    /// <summary>A PostgreSQL with fsync and synchronous commits.</summary>
    public async Task<PostgresCluster> PostgresAsync() => _postgres ??= await PostgresCluster.StartAsync(durable: true, Settings);

    /// <summary>A schema of its own for one measurement, on a server that has nothing left to write of the one before.</summary>
    public async Task<IsolatedSchema> NewSchemaAsync()
    {
        var schema = await IsolatedSchema.CreateAsync(await PostgresAsync());
        await schema.ExecuteAsync("CHECKPOINT");
        return schema;
    }

    /// <summary>Has the server forget that tables were just filled: visible, counted, and on disk.</summary>
    public static async Task SettleAsync(IsolatedSchema schema)
    {
        await using var connection = await ConnectAsync(schema);
        foreach (var sql in (string[])["vacuum analyze", "checkpoint"])
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>A connection that nobody shares and that is gone once it is closed.</summary>
    public static async Task<NpgsqlConnection> ConnectAsync(IsolatedSchema schema)
    {
        var connection = new NpgsqlConnection(schema.ConnectionString + ";Pooling=false;Options=-c jit=off");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
