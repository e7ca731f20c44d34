using Microsoft.Data.Sqlite;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>What the SQLite file says of a run.</summary>
/// <param name="WorkSeconds">From the first start of a task to the last durable end.</param>
/// <param name="WholeSeconds">From the first submission to the last durable end.</param>
/// <param name="PeakMegabytes">The most memory that the process held at once.</param>
internal sealed record EmbeddedResult(double WorkSeconds, double WholeSeconds, double PeakMegabytes)
{
    private const string Times = """
        select count(*), (max(finished_at) - min(started_at)) / 1e6, (max(finished_at) - min(created_at)) / 1e6
        from finished_tasks
        where status = 'completed'
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks into the file from outside, which takes no part in the locks of its writer.</summary>
    public static async Task WaitUntilEmptyAsync(string file, int tasks)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var connection = Open(file, SqliteOpenMode.ReadOnly);
        await using var left = connection.CreateCommand();
        left.CommandText = "select exists (select 1 from tasks) or not exists (select 1 from finished_tasks limit 1 offset @before)";
        left.Parameters.AddWithValue("@before", tasks - 1);
        while ((long)(await left.ExecuteScalarAsync(limit.Token))! != 0)
        {
            await Task.Delay(Pause, limit.Token);
        }
    }

    public static async Task<EmbeddedResult> ReadAsync(string file, int tasks, double peakMegabytes)
    {
        await using var connection = Open(file, SqliteOpenMode.ReadWrite);
        await using var command = connection.CreateCommand();
        command.CommandText = Times;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return reader.GetInt64(0) == tasks
            ? new EmbeddedResult(reader.GetDouble(1), reader.GetDouble(2), peakMegabytes)
            : throw new InvalidOperationException($"{reader.GetInt64(0)} of {tasks} tasks completed.");
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
