using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Orchestrator.Cli.Calls;

/// <summary>The usual help, then the details and the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] OfTheRoot = ["orc server dev", "orc task submit generation.summary --input '{\"text\": \"…\"}' --wait", "orc top"];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var result = usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command as CliCommand;
        if (command?.Details is { } details)
        {
            output.WriteLine(details);
            output.WriteLine();
        }

        output.WriteLine("Examples:");
        foreach (var example in command?.Examples ?? OfTheRoot)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        return result;
    }
}
