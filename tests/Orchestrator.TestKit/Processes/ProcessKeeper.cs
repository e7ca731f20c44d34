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
    private static readonly Lazy<Process> Shell = new(StartShell);

    private static bool _isClosed;

    /// <summary>Starts a process that ends with this one at the latest.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        lock (Gate)
        {
            // Whoever started one more while this process ends would leave it behind.
            ObjectDisposedException.ThrowIf(_isClosed, typeof(ProcessKeeper));
            var shell = Shell.Value;
            var process = Process.Start(start)!;
            Tell(shell, "add", process.Id);
            return process;
        }
    }

    /// <summary>Forgets a process that has ended: its id may become another's.</summary>
    public static void Drop(int processId)
    {
        lock (Gate)
        {
            if (!_isClosed)
            {
                Tell(Shell.Value, "drop", processId);
            }
        }
    }

    private static void Tell(Process shell, string verb, int processId)
    {
        shell.StandardInput.WriteLine($"{verb} {processId}");
        shell.StandardInput.Flush();
    }

    private static void Close(Process shell)
    {
        lock (Gate)
        {
            _isClosed = true;
            shell.StandardInput.Close();
        }
    }

    private static Process StartShell()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        var shell = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Close(shell);
        return shell;
    }
}
