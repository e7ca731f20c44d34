using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Definitions;

internal sealed class DefinitionGetCommand : ApiCommand
{
    private readonly Argument<DefinitionName> _definition = DefinitionName.Argument();
    private readonly Option<bool> _source = Input.Flag("--source", "Only its text as it was published.");

    public DefinitionGetCommand()
        : base("get", "Shows a definition.", "orc definition get acme/digest@1", "orc definition get acme/digest --source") => Takes(_definition, _source);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var name = call.Get(_definition);
        var definition = await call.Client.Definitions.GetAsync(name.Owner, name.Name, name.Version, call.Interrupted);
        if (!call.Get(_source))
        {
            return call.Show(definition);
        }

        Console.WriteLine(VisibleText.Lines(definition.Source ?? "").TrimEnd('\n'));
        return CliExitCodes.Success;
    }
}
