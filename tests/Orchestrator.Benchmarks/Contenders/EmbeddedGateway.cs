using System.Globalization;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Our gateway as one process with its silo and an SQLite file, the way a single machine runs it.</summary>
internal sealed class EmbeddedGateway : IAsyncDisposable
{
    private readonly SqliteFolder _folder;
    private ServiceProcess? _process;

    private EmbeddedGateway(SqliteFolder folder) => _folder = folder;

    public Uri Address => Process.Client.BaseAddress!;

    private ServiceProcess Process => _process ?? throw new InvalidOperationException("The gateway is not running.");

    /// <summary>Fills a fresh folder with workspaces and ready tasks, and starts the process on it.</summary>
    public static async Task<EmbeddedGateway> StartAsync(int workspaces, int tasks)
    {
        var gateway = new EmbeddedGateway(new SqliteFolder());
        try
        {
            await using (var store = OwnStore.OpenSqlite(gateway._folder.Path))
            {
                await store.MigrateAsync(CancellationToken.None);
                await OwnStore.CreateWorkspacesAsync(store, workspaces);
                await OwnStore.SubmitAsync(store, workspaces, tasks);
            }

            gateway._process = await ServiceProcess.StartGatewayAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["ORCHESTRATOR_DATA"] = gateway._folder.Path });
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until nothing is left to do, ends the process and opens what it wrote.</summary>
    public async Task<EmbeddedResult> FinishAsync(int tasks)
    {
        await EmbeddedResult.WaitUntilEmptyAsync(_folder.File, tasks);
        var peak = PeakMegabytes();
        await Process.DisposeAsync();
        _process = null;
        return await EmbeddedResult.ReadAsync(_folder.File, tasks, peak);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The most memory that the process has held at once.</summary>
    private double PeakMegabytes()
    {
        var line = File.ReadLines($"/proc/{Process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
