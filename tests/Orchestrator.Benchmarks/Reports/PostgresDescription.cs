using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>The server that everybody on PostgreSQL ran on.</summary>
internal sealed record PostgresDescription(string Version, IReadOnlyDictionary<string, string> Settings)
{
    private static readonly string[] Telling =
    [
        "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "checkpoint_timeout", "wal_compression",
        "autovacuum", "autovacuum_naptime", "max_connections", "jit",
    ];

    public static async Task<PostgresDescription> AskAsync(PostgresCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select name, current_setting(name) from unnest(@names) as t(name)", connection);
        command.Parameters.AddWithValue("names", Telling);
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            settings[reader.GetString(0)] = reader.GetString(1);
        }

        return new PostgresDescription(connection.PostgreSqlVersion.ToString(), settings);
    }
}
