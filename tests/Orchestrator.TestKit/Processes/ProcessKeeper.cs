using System.Diagnostics;

namespace Orchestrator.TestKit.Processes;

/// <summary>
/// A shell beside the tests that knows which processes they started. When this process is gone, however it ended, the
/// shell's input ends and it kills those that are left.
/// </summary>
internal static class ProcessKeeper
{
    private const string Script = """
        trap '' INT HUP TERM
        pids=
        while read -r verb pid; do
          case $verb in
            add) pids="$pids $pid" ;;
            drop) rest=; for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done; pids=$rest ;;
          esac
        done
        for p in $pids; do kill -KILL "$p" 2>/dev/null; done
        """;

    private static readonly Lock Gate = new();
    private static readonly Lazy<Process> Shell = new(Start);

    public static void Add(int processId) => Tell("add", processId);

    public static void Drop(int processId) => Tell("drop", processId);

    private static void Tell(string verb, int processId)
    {
        lock (Gate)
        {
            Shell.Value.StandardInput.WriteLine($"{verb} {processId}");
            Shell.Value.StandardInput.Flush();
        }
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        var shell = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shell.StandardInput.Close();
        return shell;
    }
}
