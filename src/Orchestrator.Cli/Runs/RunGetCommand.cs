using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunGetCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");

    public RunGetCommand()
        : base("get", "Shows a run and its steps.", "orc run get 01a1fd44-365c-7a7b-9463-8b11bcec2525") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowRunAsync(call.Client.Runs.GetAsync(call.Get(_id), cancellationToken: call.Interrupted));
}
