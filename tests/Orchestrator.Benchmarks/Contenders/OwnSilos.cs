using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Our own silos as processes, with the settings that everybody gets but for the number of slots.</summary>
internal sealed class OwnSilos : IAsyncDisposable
{
    private readonly List<ServiceProcess> _processes = [];

    public IReadOnlyList<ServiceProcess> Processes => _processes;

    public static Task<OwnSilos> StartAsync(IsolatedSchema schema, int count, int slots) => StartAsync(schema, count, slots, []);

    /// <param name="more">Settings on top of those.</param>
    public static async Task<OwnSilos> StartAsync(IsolatedSchema schema, int count, int slots, Dictionary<string, string> more)
    {
        var silos = new OwnSilos();
        var settings = new Dictionary<string, string>([.. Settings(schema.ConnectionString, slots), .. more], StringComparer.Ordinal);
        try
        {
            var started = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ServiceProcess.StartSiloAsync(settings)));
            silos._processes.AddRange(started);
            return silos;
        }
        catch
        {
            await silos.DisposeAsync();
            throw;
        }
    }

    public static Dictionary<string, string> Settings(string connectionString, int slots) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Orchestrator"] = connectionString,
        ["Silo:Slots"] = Format.Setting(slots),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
