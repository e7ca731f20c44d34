using System.ComponentModel;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Peers;

/// <summary>Installs the peers beside this program, once, at the versions that <c>package.json</c> pins, with a Node.js that all of them run on.</summary>
internal static class PeerInstallation
{
    /// <summary>Holds the scripts and, once installed, the packages.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Peers");

    public static string Node { get; } = Path.Combine(Folder, "node_modules", ".bin", "node");

    // No lock file: it would name the registry's hosts.
    private static readonly string[] Install = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];

    private static readonly Lazy<Task> Packages = new(() => Task.Run(InstallPackages));
    private static readonly Lazy<Task<string>> Redis = new(() => Task.Run(FindOrInstallRedis));

    public static Task EnsurePackagesAsync() => Packages.Value;

    /// <summary>The path of a Redis server.</summary>
    public static Task<string> EnsureRedisAsync() => Redis.Value;

    private static void InstallPackages()
    {
        var wanted = File.ReadAllText(Path.Combine(Folder, "package.json"));
        var mark = Path.Combine(Folder, "node_modules", "installed.json");
        if (File.Exists(mark) && File.ReadAllText(mark) == wanted)
        {
            return;
        }

        var npm = ExecutableFinder.Find("npm") ?? throw new InvalidOperationException("npm is missing; the peers are installed with it. Install Node.js.");
        var result = ProcessRunner.TryRun(npm, ["--prefix", Folder, .. Install]);
        if (result.ExitCode != 0 || !File.Exists(Node))
        {
            throw new InvalidOperationException($"The peers could not be installed with npm: {result.Output}");
        }

        File.WriteAllText(mark, wanted);
    }

    private static string FindOrInstallRedis()
    {
        if (ExecutableFinder.Find("redis-server") is null)
        {
            TryInstallRedis();
        }

        return ExecutableFinder.Find("redis-server")
            ?? throw new InvalidOperationException("redis-server is missing and could not be installed with apt-get (root is needed). Install it by hand.");
    }

    private static void TryInstallRedis()
    {
        try
        {
            ProcessRunner.TryRun("apt-get", ["update"]);
            ProcessRunner.TryRun("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"]);
        }
        catch (Win32Exception)
        {
            // There is no apt-get here; what is missing is told by who looks for the server next.
        }
    }
}
