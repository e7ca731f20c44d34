using System.Text.Json;
using Npgsql;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Peers;

/// <summary>One measurement of a peer: an empty store of its own and the Node.js processes that work on it.</summary>
internal sealed class PeerSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Peer _peer;
    private readonly IsolatedSchema? _schema;
    private readonly RedisServer? _redis;
    private readonly List<HelperProcess> _processes = [];
    private readonly Dictionary<string, object> _options;

    private PeerSession(Peer peer, IsolatedSchema? schema, RedisServer? redis, BenchmarkScale scale)
    {
        _peer = peer;
        _schema = schema;
        _redis = redis;
        _options = new Dictionary<string, object>(peer.Settings, StringComparer.Ordinal) { ["workspaces"] = scale.BurnDownWorkspaces };
        if (redis is not null)
        {
            _options["socket"] = redis.Socket;
        }
        else
        {
            var server = new NpgsqlConnectionStringBuilder(schema!.ConnectionString);
            _options["host"] = server.Host!;
            _options["user"] = server.Username!;
            _options["database"] = server.Database!;
            _options["schema"] = schema.Name;
        }
    }

    /// <summary>Opens an empty store and puts as many jobs into it.</summary>
    public static async Task<PeerSession> OpenAsync(Servers servers, BenchmarkScale scale, Peer peer, int tasks)
    {
        await PeerInstallation.EnsurePackagesAsync();
        var session = peer.IsOnRedis
            ? new PeerSession(peer, null, await RedisServer.StartAsync(), scale)
            : new PeerSession(peer, await servers.NewSchemaAsync(), null, scale);
        try
        {
            await session.RunAsync("preload", ("tasks", tasks));
            if (session._schema is not null)
            {
                await Servers.SettleAsync(session._schema);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a process in a role to its end and answers what it found.</summary>
    public async Task<JsonElement> RunAsync(string role, params (string Name, object Value)[] options) =>
        await HearAsync(Start(role, options));

    /// <summary>Starts a process in a role and waits until it is at work.</summary>
    public async Task<HelperProcess> StartAsync(string role, params (string Name, object Value)[] options)
    {
        var process = Start(role, options);
        await HearAsync(process);
        return process;
    }

    /// <summary>Asks a process and answers what it says.</summary>
    public static async Task<JsonElement> AskAsync(HelperProcess process, string command)
    {
        await process.TellAsync(command);
        return await HearAsync(process);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }

    private static async Task<JsonElement> HearAsync(HelperProcess process)
    {
        var answer = JsonSerializer.Deserialize<JsonElement>(await process.HearAsync(Patience));
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("file", out var name))
        {
            return answer;
        }

        var file = Path.Combine(PeerInstallation.Folder, name.GetString()!);
        var text = await File.ReadAllTextAsync(file);
        File.Delete(file);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private HelperProcess Start(string role, (string Name, object Value)[] options)
    {
        var all = new Dictionary<string, object>(_options, StringComparer.Ordinal);
        foreach (var (name, value) in options)
        {
            all[name] = value;
        }

        var process = HelperProcess.Start(PeerInstallation.Node, ["peer.mjs", _peer.Script, role, JsonSerializer.Serialize(all)], PeerInstallation.Folder);
        _processes.Add(process);
        return process;
    }
}
