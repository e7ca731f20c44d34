using Orchestrator.TestKit.Processes;

namespace Orchestrator.TestKit.Postgres;

/// <summary>Who runs the server: PostgreSQL refuses to be run by root.</summary>
internal static class UnprivilegedUser
{
    public static string Name { get; } = ProcessRunner.TryRun("id", ["-u", "postgres"]).ExitCode == 0 ? "postgres" : "nobody";

    /// <summary>What to put before a command so that it does not run as root; nothing when this process is not root.</summary>
    public static IReadOnlyList<string> Prefix()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        var group = ProcessRunner.Run("id", ["-g", Name]).Output.Trim();
        return ["setpriv", $"--reuid={Name}", $"--regid={group}", "--clear-groups"];
    }
}
