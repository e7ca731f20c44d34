using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceEventsCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The workspace.");
    private readonly Option<int?> _after = Input.Number("--after", "Only events after this seq.", 0, int.MaxValue);

    public WorkspaceEventsCommand()
        : base("events", "Lists what happened to a workspace itself: pauses and fuses.", "orc workspace events acme") => Takes(_id, _after);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        await foreach (var entry in call.Client.Workspaces.ListEventsAsync(call.Get(_id), call.Get(_after) ?? 0, call.Interrupted))
        {
            call.Printer.Line(entry, EventLines.Of);
        }

        return CliExitCodes.Success;
    }
}
