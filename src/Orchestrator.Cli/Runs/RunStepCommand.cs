using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunStepCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Argument<string> _step = Input.Name("step", "The step.");
    private readonly Option<int?> _item = Input.Number("--item", "Of this item alone, from 0.", 0, int.MaxValue);

    public RunStepCommand()
        : base("step", "Shows a step of a run with its output and its tasks.", "orc run step 01a1fd44-365c-7a7b-9463-8b11bcec2525 letter") => Takes(_id, _step, _item);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.ShowAsync(call.Client.Runs.GetStepAsync(call.Get(_id), call.Get(_step), call.Get(_item), call.Interrupted));
}
