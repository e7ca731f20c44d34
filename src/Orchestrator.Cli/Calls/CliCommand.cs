using System.CommandLine;

namespace Orchestrator.Cli.Calls;

/// <summary>A command that explains itself: what it does in one line, more where that is needed, and examples that work.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string summary, params string[] examples)
        : base(name, summary) => Examples = examples;

    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; protected init; }

    /// <summary>What one line cannot say.</summary>
    public string? Details { get; protected init; }

    /// <summary>As it is called: <c>orc task list</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "orc";

    protected void Takes(params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                Options.Add(option);
            }
            else
            {
                Arguments.Add((Argument)symbol);
            }
        }
    }
}
