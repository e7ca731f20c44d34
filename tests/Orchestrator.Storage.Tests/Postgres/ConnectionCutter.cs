using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

internal static class ConnectionCutter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends the connections of all stores of a test over and over until the work is done; answers how many it ended.</summary>
    public static async Task<int> CutWhileAsync(PostgresTestStore test, Task work)
    {
        var cuts = 0;
        while (!work.IsCompleted)
        {
            cuts += (await test.QuerySqlAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = current_database() AND pid <> pg_backend_pid()")).Count;
            await Task.WhenAny(work, Task.Delay(Pause));
        }

        await work;
        return cuts;
    }
}
