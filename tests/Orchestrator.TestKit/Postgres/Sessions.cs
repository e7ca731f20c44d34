using System.Diagnostics;
using Npgsql;

namespace Orchestrator.TestKit.Postgres;

internal static class Sessions
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>How many that fit are still open after a while; a closed connection's backend lingers for a moment.</summary>
    public static async Task<long> CountLeakedAsync(NpgsqlDataSource server, string condition)
    {
        await using var count = server.CreateCommand($"SELECT count(*) FROM pg_stat_activity WHERE {condition}");
        var started = Stopwatch.StartNew();
        while (true)
        {
            var open = (long)(await count.ExecuteScalarAsync())!;
            if (open == 0 || started.Elapsed > Timeout)
            {
                return open;
            }

            await Task.Delay(20);
        }
    }
}
