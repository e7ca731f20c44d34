using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Measures a stretch of a burn-down, after a start that is not counted.</summary>
internal static class BurnDownWindow
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private const string Seconds = """
        select cast(extract(epoch from max(finished_at) - min(finished_at)) as double precision)
        from (
            select finished_at from finished_tasks where status = 'completed' order by finished_at offset @start limit @tasks
        ) stretch
        having count(*) = @tasks
        """;

    /// <summary>Completed tasks a second, by the database's clock, among the next <paramref name="tasks"/> after the first <paramref name="start"/>.</summary>
    public static async Task<double> MeasureAsync(IsolatedSchema schema, int start, int tasks)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var meter = await TableMeter.StartAsync(schema);
        await using var connection = await Servers.ConnectAsync(schema);
        await using var command = new NpgsqlCommand(Seconds, connection);
        command.Parameters.AddWithValue("start", start);
        command.Parameters.AddWithValue("tasks", tasks);
        while (true)
        {
            if (await meter.CountEndedAsync() >= start + tasks && await command.ExecuteScalarAsync(limit.Token) is double seconds)
            {
                return tasks / seconds;
            }

            await Task.Delay(Pause, limit.Token);
        }
    }
}
