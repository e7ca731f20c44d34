namespace Orchestrator.Cli.Calls;

/// <summary>The commands of a noun.</summary>
internal sealed class CommandGroup : CliCommand
{
    private const int Shown = 3;

    public CommandGroup(string name, string summary, params CliCommand[] commands)
        : base(name, summary)
    {
        foreach (var command in commands)
        {
            Subcommands.Add(command);
        }

        Examples = [.. commands.Take(Shown).Select(command => command.Examples[0])];
    }
}
