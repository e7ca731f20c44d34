using System.Collections.Frozen;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Workers.Pool;

/// <summary>How to start a process of one worker command. The program is looked for anew at each start, so that it may appear, or move, at any time.</summary>
internal sealed class PoolCommand(PoolWorkerOptions worker, ProcessPoolOptions options)
{
    /// <summary>Tells the process how often it should show signs of life.</summary>
    public const string HeartbeatVariable = "ORCHESTRATOR_HEARTBEAT_INTERVAL_MS";

    /// <summary>What interpreters and runtimes are given to run.</summary>
    private static readonly FrozenSet<string> ScriptExtensions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, ".py", ".pyz", ".js", ".mjs", ".cjs", ".ts", ".mts", ".dll", ".cs", ".jar", ".rb", ".pl", ".php", ".lua", ".r", ".jl", ".sh", ".ps1");

    private readonly string _workingDirectory = Path.GetFullPath(options.WorkingDirectory ?? options.ContentRoot ?? ".");

    /// <summary>What the log calls the worker: the file name of its script, if an argument is one, else of the program.</summary>
    public string Name { get; } = NameOf(worker);

    public override string ToString() => string.Join(' ', worker.Args.Prepend(worker.Command).Select(Expand));

    /// <exception cref="PoolStartException">The program is not there, or the system would not start it.</exception>
    public Process Start()
    {
        var info = new ProcessStartInfo
        {
            WorkingDirectory = _workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        AddEnvironment(info.Environment);
        info.FileName = CommandLocator.Find(Expand(worker.Command), _workingDirectory, info.Environment.TryGetValue("PATH", out var path) ? path : null);
        foreach (var argument in worker.Args)
        {
            info.ArgumentList.Add(Expand(argument));
        }

        try
        {
            return Process.Start(info) ?? throw new PoolStartException($"{info.FileName} did not start");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new PoolStartException($"{info.FileName} could not be started: {exception.Message.TrimEnd('.')}");
        }
    }

    private static string NameOf(PoolWorkerOptions worker)
    {
        var path = worker.Args.FirstOrDefault(argument => ScriptExtensions.Contains(Path.GetExtension(argument))) ?? worker.Command;
        return path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
    }

    private void AddEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var secret in environment.Keys.Where(name => name.StartsWith("ConnectionStrings", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            environment.Remove(secret);
        }

        environment[HeartbeatVariable] = options.HeartbeatIntervalMs.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in worker.Env)
        {
            environment[name] = Expand(value);
        }
    }

    private string Expand(string text) => text
        .Replace("{appDir}", Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), StringComparison.Ordinal)
        .Replace("{contentRoot}", Path.GetFullPath(options.ContentRoot ?? "."), StringComparison.Ordinal)
        .Replace("{configDir}", _workingDirectory, StringComparison.Ordinal);
}
