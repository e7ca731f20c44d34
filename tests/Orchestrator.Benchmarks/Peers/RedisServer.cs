using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Peers;

/// <summary>A private Redis in a temporary folder that writes every command to its log and syncs it every second.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly HelperProcess _process;

    private RedisServer(DirectoryInfo folder, HelperProcess process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>The Unix socket it listens on.</summary>
    public string Socket => Path.Combine(_folder.FullName, "redis.sock");

    public static async Task<RedisServer> StartAsync()
    {
        var program = await PeerInstallation.EnsureRedisAsync();
        var folder = Directory.CreateTempSubdirectory("orc-redis-");
        var server = new RedisServer(folder, HelperProcess.Start(
            program,
            ["--port", "0", "--unixsocket", Path.Combine(folder.FullName, "redis.sock"), "--dir", folder.FullName, "--appendonly", "yes", "--appendfsync", "everysec", "--save", string.Empty],
            folder.FullName));
        try
        {
            while (!(await server._process.HearAsync(Patience)).Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase))
            {
                // Its log has other lines before.
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
