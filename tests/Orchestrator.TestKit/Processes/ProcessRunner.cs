using System.ComponentModel;
using System.Diagnostics;

namespace Orchestrator.TestKit.Processes;

/// <summary>Runs short commands to their end.</summary>
public static class ProcessRunner
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command and throws when it does not answer with exit code 0.</summary>
    public static ProcessResult Run(string program, IEnumerable<string> arguments)
    {
        var result = TryRun(program, arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"{program} ended with exit code {result.ExitCode}: {result.Output}");
    }

    /// <summary>The same, of a command whose first word is the program.</summary>
    public static ProcessResult Run(IReadOnlyList<string> command) => Run(command[0], command.Skip(1));

    /// <summary>Runs a command; exit code 127 when there is no such program.</summary>
    public static ProcessResult TryRun(string program, IEnumerable<string> arguments) => TryRun(program, arguments, DefaultLimit);

    /// <param name="limit">How long it may take before it is killed with all that it started.</param>
    public static ProcessResult TryRun(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{program} did not end within {limit}.");
            }

            return new ProcessResult(process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return new ProcessResult(127, $"{program} is not installed.");
        }
    }
}
