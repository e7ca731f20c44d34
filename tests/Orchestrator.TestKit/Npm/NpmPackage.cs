using System.Collections.Concurrent;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.TestKit.Npm;

/// <summary>
/// Public programs of other hands, installed from npm beside the tests that run them: in the folder of the test's build, which is
/// never committed, and once for all runs of it. A test that uses one is an <see cref="NpmFactAttribute"/>.
/// </summary>
public static class NpmPackage
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Installed = new(StringComparer.Ordinal);

    /// <summary>Installs a package with what it depends on, unless it is there.</summary>
    /// <param name="name">As npm calls it, <c>@scope/name</c> too.</param>
    /// <param name="version">Exactly.</param>
    /// <returns>The folder whose <c>node_modules</c> holds the package.</returns>
    /// <exception cref="InvalidOperationException">npm could not, or there is none.</exception>
    public static Task<string> InstallAsync(string name, string version) =>
        Installed.GetOrAdd($"{name}@{version}", package => new Lazy<Task<string>>(() => Task.Run(() => Install(package)))).Value;

    /// <summary>The script that a package of an installed folder runs under a name, for <c>node</c>.</summary>
    public static string Script(string folder, string command) =>
        File.ResolveLinkTarget(Path.Combine(folder, "node_modules", ".bin", command), returnFinalTarget: true)?.FullName
        ?? throw new InvalidOperationException($"{folder} has no command {command}.");

    private static string Install(string package)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "npm", package.Replace('/', '+'));
        if (Directory.Exists(folder))
        {
            return folder;
        }

        // Its own name until it is whole, so that a run that is cut off leaves nothing half done.
        var unfinished = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(unfinished);
        try
        {
            var result = ProcessRunner.TryRun("npm", ["install", "--prefix", unfinished, "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel", "error", package], Limit);
            if (result.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm could not install {package}: {result.Output}");
            }

            Directory.Move(unfinished, folder);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"npm did not install {package} in time.", exception);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another test process was faster.
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }

        return folder;
    }
}
