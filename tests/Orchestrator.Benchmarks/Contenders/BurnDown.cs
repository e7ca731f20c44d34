using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Waits for our own tasks to end and reads from the database how long that took.</summary>
internal static class BurnDown
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Tasks a second between the first claim and the last end, by the database's clock.</summary>
    public static async Task<double> MeasureAsync(IsolatedSchema schema, int tasks)
    {
        await WaitAsync(schema, tasks);
        var seconds = await schema.QueryAsync<double>(
            "select cast(extract(epoch from max(finished_at) - min(started_at)) as double precision) from finished_tasks where status = 'completed'");
        var completed = await schema.QueryAsync<long>("select count(*) from finished_tasks where status = 'completed'");
        return completed[0] == tasks
            ? tasks / seconds[0]
            : throw new InvalidOperationException($"{completed[0]} of {tasks} tasks completed.");
    }

    /// <summary>Looks at the server's counters until little is left, because a look into the table costs what it must not.</summary>
    public static async Task WaitAsync(IsolatedSchema schema, int tasks)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var connection = await Servers.ConnectAsync(schema);
        await using var counted = new NpgsqlCommand("select n_tup_ins from pg_stat_user_tables where relid = 'finished_tasks'::regclass", connection);
        await using var left = new NpgsqlCommand("select exists (select 1 from tasks)", connection);
        var near = false;
        while (true)
        {
            near = near || (long)(await counted.ExecuteScalarAsync(limit.Token))! >= tasks * 0.8;
            if (near && !(bool)(await left.ExecuteScalarAsync(limit.Token))!)
            {
                return;
            }

            await Task.Delay(Pause, limit.Token);
        }
    }
}
