using System.Diagnostics;
using Npgsql;
using Orchestrator.Benchmarks.Figures;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Reads from the server's counters how many of our tasks have ended and how much room our tables take, without reading the tables.</summary>
internal sealed class TableMeter : IAsyncDisposable
{
    private const string Tables = """
        select relname, n_dead_tup, pg_table_size(relid) / 1e6::double precision, pg_indexes_size(relid) / 1e6::double precision
        from pg_stat_user_tables
        where schemaname = current_schema() and relname in ('finished_tasks', 'task_specs', 'tasks', 'workspaces')
        order by relname
        """;

    private readonly NpgsqlConnection _connection;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double> _deadTuples = [];

    private TableMeter(NpgsqlConnection connection) => _connection = connection;

    public static async Task<TableMeter> StartAsync(IsolatedSchema schema) => new(await Servers.ConnectAsync(schema));

    /// <summary>How many tasks have ended; the server learns of them at most a second late.</summary>
    public Task<long> CountEndedAsync() => AskAsync(
        "select n_tup_ins from pg_stat_user_tables where relid = 'finished_tasks'::regclass",
        async command => (long)(await command.ExecuteScalarAsync())!);

    /// <summary>Ended tasks a second while something goes on.</summary>
    public async Task<double> MeasureAsync(Func<Task> meanwhile)
    {
        var before = await CountEndedAsync();
        var clock = Stopwatch.StartNew();
        await meanwhile();
        return (await CountEndedAsync() - before) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Samples throughput, dead tuples and sizes in equal steps until cancelled, and once more then.</summary>
    public async Task SampleAsync(Sample sample, TimeSpan step, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(step);
        var (ended, at) = (await CountEndedAsync(), _clock.Elapsed);
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(timer.WaitForNextTickAsync(stop).AsTask());
            var (endedNow, now) = (await CountEndedAsync(), _clock.Elapsed);
            sample[Series.At("tasks/s", now)] = (endedNow - ended) / (now - at).TotalSeconds;
            (ended, at) = (endedNow, now);
            await SampleTablesAsync(sample, now);
        }
    }

    /// <summary>The most dead tuples of all tables together, in the first half of the samples and in the second.</summary>
    public (double First, double Second) MostDeadTuples() =>
        (_deadTuples.Take(_deadTuples.Count / 2).Max(), _deadTuples.Skip(_deadTuples.Count / 2).Max());

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        await _connection.DisposeAsync();
    }

    private Task<int> SampleTablesAsync(Sample sample, TimeSpan now) => AskAsync(Tables, async command =>
    {
        var (dead, size) = (0.0, 0.0);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var table = reader.GetString(0);
            sample[Series.At($"{table}, dead tuples", now)] = reader.GetInt64(1);
            sample[Series.At($"{table}, MB", now)] = reader.GetDouble(2);
            sample[Series.At($"{table}, indexes MB", now)] = reader.GetDouble(3);
            dead += reader.GetInt64(1);
            size += reader.GetDouble(2) + reader.GetDouble(3);
        }

        _deadTuples.Add(dead);
        sample["at the end, MB"] = size;
        return 0;
    });

    // The producer and the sampler share one connection.
    private async Task<T> AskAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> read)
    {
        await _turn.WaitAsync();
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            return await read(command);
        }
        finally
        {
            _turn.Release();
        }
    }
}
