using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using Orchestrator.Cli.Agents;
using Orchestrator.Cli.Benchmarks;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Cluster;
using Orchestrator.Cli.Completions;
using Orchestrator.Cli.Database;
using Orchestrator.Cli.Definitions;
using Orchestrator.Cli.Doctors;
using Orchestrator.Cli.Keys;
using Orchestrator.Cli.LoadTests;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Runs;
using Orchestrator.Cli.Schedules;
using Orchestrator.Cli.Screens;
using Orchestrator.Cli.Servers;
using Orchestrator.Cli.Tasks;
using Orchestrator.Cli.Webhooks;
using Orchestrator.Cli.Workspaces;

namespace Orchestrator.Cli;

/// <summary>Finds the command, runs it, and answers the exit code. Data goes to standard output, everything else to standard error.</summary>
internal static class CommandLine
{
    // A word that begins with @ names a file for JSON; it is no list of more arguments.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Build()
    {
        var root = new RootCommand("The command line of Orchestrator.")
        {
            ServerCommands.Group(),
            TaskCommands.Group(),
            TaskCommands.Batch(),
            WorkspaceCommands.Group(),
            RunCommands.Group(),
            DefinitionCommands.Group(),
            AgentCommands.Group(),
            ResourceCommands.Group(),
            SiloCommands.Group(),
            SiloCommands.Errors(),
            SiloCommands.Audit(),
            ScheduleCommands.Group(),
            WebhookCommands.Group(),
            KeyCommands.Group(),
            DatabaseCommands.Group(),
            new LoadTestCommand(),
            new BenchCommand(),
            new DoctorCommand(),
            new TopCommand(),
            CompletionCommands.Group(),
        };
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    public static ParseResult Parse(IReadOnlyList<string> args) => Build().Parse(args, Parser);

    /// <summary>The same of a whole line, as a shell has it.</summary>
    public static ParseResult Parse(string line) => Build().Parse(line, Parser);

    public static async Task<int> RunAsync(string[] args)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = encoding;
        StandardOutput.Use(encoding);
        var parsed = Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(VisibleText.Of(error.Message));
            }

            await Console.Error.WriteLineAsync($"Try: {CliCommand.PathOf(parsed.CommandResult.Command)} --help");
            return CliExitCodes.Usage;
        }

        using var interruption = new Interruption();
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        var code = await Failures.GuardAsync(() => parsed.InvokeAsync(configuration, interruption.Token), interruption.Token);
        return code == CliExitCodes.Interrupted ? interruption.ExitCode : code;
    }
}
