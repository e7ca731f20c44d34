using Npgsql;
using Orchestrator.Benchmarks.Figures;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>What a PostgreSQL server writes while something goes on, whoever does it and in whatever schema, divided by a number of tasks.</summary>
internal static class PostgresWrites
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string Counters = """
        select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::double precision,
            (select wal_fpi from pg_stat_wal)::double precision,
            (select xact_commit from pg_stat_database where datname = current_database())::double precision,
            (select coalesce(sum(n_tup_ins), 0) from pg_stat_user_tables)::double precision,
            (select coalesce(sum(n_tup_upd + n_tup_del), 0) from pg_stat_user_tables)::double precision
        """;

    private static readonly string[] Metrics =
        ["WAL bytes/task", "full pages in WAL/task", "commits/task", "inserted tuples/task", "dead tuples/task"];

    /// <param name="act">Closes every connection that it opened before it ends, because a session reports its counters at its end.</param>
    public static async Task<Sample> MeasureAsync(IsolatedSchema schema, int tasks, Func<Task> act)
    {
        await using var connection = await Servers.ConnectAsync(schema);
        var before = await ReadAsync(connection);
        await act();
        await WaitForSessionsAsync(connection, schema);
        var after = await ReadAsync(connection);
        var sample = new Sample();
        for (var i = 0; i < Metrics.Length; i++)
        {
            sample[Metrics[i]] = (after[i] - before[i]) / tasks;
        }

        return sample;
    }

    private static async Task<double[]> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Counters, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, Metrics.Length).Select(reader.GetDouble)];
    }

    // The session of a process that was killed ends a moment after it.
    private static async Task WaitForSessionsAsync(NpgsqlConnection connection, IsolatedSchema schema)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var others = new NpgsqlCommand(
            "select exists (select 1 from pg_stat_activity where application_name = @name and pid <> pg_backend_pid())", connection);
        others.Parameters.AddWithValue("name", schema.Name);
        while ((bool)(await others.ExecuteScalarAsync(limit.Token))!)
        {
            await Task.Delay(Pause, limit.Token);
        }
    }
}
