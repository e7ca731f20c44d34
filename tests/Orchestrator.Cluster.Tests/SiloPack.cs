using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Silos of which each may be killed and followed by another one.</summary>
internal sealed class SiloPack : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly Task<ServiceProcess>[] _silos;

    public SiloPack(string connectionString, int count)
    {
        _connectionString = connectionString;
        _silos = [.. Enumerable.Range(0, count).Select(_ => StartAsync(connectionString))];
    }

    /// <summary>Kills one that is ready, without a warning, and begins to start another in its place.</summary>
    public async Task ReplaceAsync(int index)
    {
        await using var silo = await _silos[index];
        await silo.KillAsync();
        _silos[index] = StartAsync(_connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await (await silo).DisposeAsync();
        }
    }

    private static Task<ServiceProcess> StartAsync(string connectionString) => ServiceProcess.StartSiloAsync(Settings.OnPostgres(connectionString));
}
