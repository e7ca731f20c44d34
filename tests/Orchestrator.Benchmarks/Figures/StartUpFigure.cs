using System.Diagnostics;
using Orchestrator.Benchmarks.Contenders;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>How long a process takes until it is ready.</summary>
internal static class StartUpFigure
{
    private const string First = "first start ms";
    private const string Next = "next start ms";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    public static Figure Create(Servers servers) => new(
        "start-up",
        "Milliseconds from the start of the process to the first 200 of /health/ready: on a database without a schema, and again after a stop by SIGTERM.",
        [
            new Contender("embedded gateway, SQLite", MeasureEmbeddedAsync),
            new Contender("gateway, PostgreSQL", () => MeasureAsync(servers, ServiceProcess.StartGatewayAsync)),
            new Contender("silo, PostgreSQL", () => MeasureAsync(servers, ServiceProcess.StartSiloAsync)),
        ],
        []);

    private static async Task<Sample> MeasureEmbeddedAsync()
    {
        using var folder = new SqliteFolder();
        return await MeasureAsync(() => ServiceProcess.StartGatewayAsync(OwnSettings.OnSqlite(folder.Path)));
    }

    private static async Task<Sample> MeasureAsync(Servers servers, Func<IReadOnlyDictionary<string, string>, Task<ServiceProcess>> start)
    {
        await using var schema = await servers.NewSchemaAsync();
        return await MeasureAsync(() => start(OwnSettings.OnPostgres(schema.ConnectionString)));
    }

    private static async Task<Sample> MeasureAsync(Func<Task<ServiceProcess>> start)
    {
        var sample = new Sample();
        foreach (var metric in (string[])[First, Next])
        {
            var clock = Stopwatch.StartNew();
            await using var process = await start();
            sample[metric] = clock.Elapsed.TotalMilliseconds;
            process.Terminate();
            await process.WaitForExitAsync(StopLimit);
        }

        return sample;
    }
}
