using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Completions;

/// <summary>Prints the script of a shell.</summary>
internal sealed class CompletionScriptCommand : CliCommand
{
    public CompletionScriptCommand(string shell, string use, string script)
        : base(shell, $"Prints the completion script of {shell}.", $"orc completion {shell}")
    {
        Details = $"Put this into what {shell} reads at its start:  {use}";
        SetAction(_ =>
        {
            Console.WriteLine(script);
            return CliExitCodes.Success;
        });
    }
}
