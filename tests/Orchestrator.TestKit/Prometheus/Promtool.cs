using Orchestrator.TestKit.Processes;

namespace Orchestrator.TestKit.Prometheus;

/// <summary>Prometheus's own tool.</summary>
public static class Promtool
{
    /// <summary>All that it has to say about a page of ours: the name is that of the source.</summary>
    public static readonly IReadOnlyList<string> OfTheSource = ["orchestrator_pool_workers_total non-counter metrics should not have \"_total\" suffix"];

    /// <summary>What <c>promtool check metrics</c> has to say about a page, line by line; nothing when all is well.</summary>
    public static IReadOnlyList<string> CheckMetrics(string page)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, page);
            var result = ProcessRunner.TryRun("/bin/sh", ["-c", "exec promtool check metrics < \"$1\"", "sh", file]);
            var complaints = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return result.ExitCode == 0 || complaints.Length > 0 ? complaints : [$"promtool ended with exit code {result.ExitCode}."];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What <c>promtool</c> says when it is run so, and whether it is content.</summary>
    public static ProcessResult Run(params IEnumerable<string> arguments) => ProcessRunner.TryRun("promtool", arguments);
}
