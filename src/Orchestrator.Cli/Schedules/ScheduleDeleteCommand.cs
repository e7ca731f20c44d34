using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Schedules;

internal sealed class ScheduleDeleteCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The schedule.");
    private readonly Option<bool> _yes = Confirmation.Option();

    public ScheduleDeleteCommand()
        : base("delete", "Deletes a schedule; the tasks that it has submitted stay.", "orc schedule delete digest --yes") => Takes(_id, _yes);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        Confirmation.Require(call.Get(_yes), $"Schedule {call.Get(_id)} would be deleted.");
        await call.Client.Schedules.DeleteAsync(call.Get(_id), call.Interrupted);
        return CliExitCodes.Success;
    }
}
