using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Schedules;

internal sealed class ScheduleGetCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The schedule.");

    public ScheduleGetCommand()
        : base("get", "Shows a schedule.", "orc schedule get digest") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Schedules.GetAsync(call.Get(_id), call.Interrupted));
}
