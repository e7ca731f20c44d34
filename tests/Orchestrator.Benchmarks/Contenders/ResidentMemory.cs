using System.Globalization;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>What the kernel says of a process's memory, in megabytes of 1,000,000 bytes. Only on Linux.</summary>
internal static class ResidentMemory
{
    public static double Now(ServiceProcess process) => Read(process, "VmRSS:");

    /// <summary>The most since the process began.</summary>
    public static double Peak(ServiceProcess process) => Read(process, "VmHWM:");

    private static double Read(ServiceProcess process, string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        var kibibytes = line[field.Length..].Trim().Split(' ')[0];
        return double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
