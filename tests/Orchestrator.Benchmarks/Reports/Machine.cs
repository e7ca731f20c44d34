using System.Runtime.InteropServices;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>What a run is measured on.</summary>
/// <param name="MemoryGb">In gigabytes of 1,000,000,000 bytes.</param>
/// <param name="Commit">Of the checkout, with a plus sign when something in it is changed; null without git.</param>
internal sealed record Machine(int Cores, string Cpu, double MemoryGb, string Os, string Dotnet, string? Commit)
{
    public static Machine Describe() => new(
        Environment.ProcessorCount,
        FindCpu(),
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        FindCommit());

    private static string FindCpu()
    {
        const string File = "/proc/cpuinfo";
        var line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string? FindCommit()
    {
        string[] git = ["-C", RepositoryFolder.Root, "-c", "safe.directory=*"];
        var head = ProcessRunner.TryRun("git", [.. git, "rev-parse", "--short=12", "HEAD"]);
        if (head.ExitCode != 0)
        {
            return null;
        }

        var changes = ProcessRunner.TryRun("git", [.. git, "status", "--porcelain", "--untracked-files=no"]);
        return head.Output.Trim() + (changes.Output.Length > 0 ? "+" : "");
    }
}
