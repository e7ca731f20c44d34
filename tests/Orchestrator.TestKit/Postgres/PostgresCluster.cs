using System.Diagnostics;
using Npgsql;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.TestKit.Postgres;

/// <summary>
/// A private PostgreSQL server in a temporary folder, reached through a Unix socket in it; one that need not be durable is
/// kept in memory where there is enough. A keeper process stops the server and removes the folder once this process is gone,
/// however it ended.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string SuperUser = "postgres";
    private const string Prefix = "orc-pg-";
    private const string Memory = "/dev/shm";
    private const long NeededMemory = 4L << 30;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresCluster>> SharedCluster = new(() => StartAsync(durable: false));

    // The keeper waits for the end of its input, which the kernel delivers even when this process is killed.
    private const string Keeper = """
        trap '' INT HUP TERM
        root=$1; shift
        "$@" >"$root/log" 2>&1 &
        read -r _
        if [ -s "$root/data/postmaster.pid" ]; then kill -QUIT "$(head -n 1 "$root/data/postmaster.pid")"; fi
        wait
        rm -rf "$root"
        """;

    private readonly Process? _keeper;

    private PostgresCluster(string connectionString, Process? keeper)
    {
        ConnectionString = connectionString;
        _keeper = keeper;
    }

    /// <summary>Connects as a role that may create schemas.</summary>
    public string ConnectionString { get; }

    /// <summary>The one server of this test process: the one the environment names, or a private one without fsync.</summary>
    public static Task<PostgresCluster> GetSharedAsync() => SharedCluster.Value;

    /// <param name="durable">True for fsync and synchronous commits, as in production; false for speed.</param>
    /// <param name="settings">More settings, each as <c>name=value</c>.</param>
    public static async Task<PostgresCluster> StartAsync(bool durable, params IEnumerable<string> settings)
    {
        if (PostgresBinaries.GivenConnectionString is { } given)
        {
            return new PostgresCluster(given, keeper: null);
        }

        var bin = PostgresBinaries.Folder ?? throw new InvalidOperationException(PostgresBinaries.MissingReason);
        var root = CreateFolder(durable);
        var prefix = UnprivilegedUser.Prefix();
        if (prefix.Count > 0)
        {
            ProcessRunner.Run("chown", [UnprivilegedUser.Name, root]);
        }

        var data = Path.Combine(root, "data");
        ProcessRunner.Run([.. prefix, Path.Combine(bin, "initdb"), "--pgdata", data, "--username", SuperUser, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]);

        var keeper = StartKeeper(root, [.. prefix, Path.Combine(bin, "postgres"), "-D", data, "-k", root, .. Settings(durable, settings)]);
        var cluster = new PostgresCluster($"Host={root};Username={SuperUser};Database=postgres", keeper);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Stop();
        await cluster.WaitUntilReadyAsync(Path.Combine(root, "log"));
        return cluster;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    // Thousands of files come and go; a file system on a disk searches longer for a new one the more were deleted just now.
    private static string CreateFolder(bool durable)
    {
        if (durable || !OperatingSystem.IsLinux() || !Directory.Exists(Memory) || new DriveInfo(Memory).AvailableFreeSpace < NeededMemory)
        {
            return Directory.CreateTempSubdirectory(Prefix).FullName;
        }

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return Directory.CreateDirectory(Path.Combine(Memory, $"{Prefix}{Guid.NewGuid():N}"), ownerOnly).FullName;
    }

    private static IEnumerable<string> Settings(bool durable, IEnumerable<string> more)
    {
        string[] always = ["listen_addresses=", "max_connections=300", "shared_buffers=128MB", "autovacuum_naptime=5s", "log_min_messages=warning"];
        string[] fast = durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB"];
        return always.Concat(fast).Concat(more).SelectMany(setting => new[] { "-c", setting });
    }

    private static Process StartKeeper(string root, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in (IEnumerable<string>)["-c", Keeper, "postgres-keeper", root, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private async Task WaitUntilReadyAsync(string log)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException failure) when (started.Elapsed > StartTimeout)
            {
                var said = File.Exists(log) ? await File.ReadAllTextAsync(log) : "(no log)";
                Stop();
                throw new InvalidOperationException($"PostgreSQL did not start: {said}", failure);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }
    }

    private void Stop()
    {
        if (_keeper is { HasExited: false })
        {
            _keeper.StandardInput.Close();
            _keeper.WaitForExit(TimeSpan.FromSeconds(20));
        }
    }
}
