using System.CommandLine;
using Orchestrator.Client;
using Orchestrator.Cli.LoadTests;

namespace Orchestrator.Cli;

/// <summary>Finds the command, runs it, and answers the exit code. Data goes to standard output, everything else to standard error.</summary>
internal static class CommandLine
{
    /// <summary>How long a command that is interrupted may take to clean up.</summary>
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = new RootCommand("The command line of Orchestrator.") { new LoadTestCommand() }.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"Try: {Name(parsed.CommandResult.Command)} --help");
            return CliExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CleanUpTimeout, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Runs what a command does, and tells what ends it early.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> run, CancellationToken interrupted)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return CliExitCodes.Interrupted;
        }
        catch (CliException ended)
        {
            await Console.Error.WriteLineAsync(ended.Message);
            return ended.ExitCode;
        }
        catch (OrchestratorException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return refusal.Status is null ? CliExitCodes.Unavailable : CliExitCodes.Failure;
        }
    }

    private static string Name(Command command) => command is RootCommand ? "orc" : $"orc {command.Name}";
}
