using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Runs;

internal sealed class RunSkipCommand : ApiCommand
{
    private static readonly RawJson Nothing = RawJson.From("null")!.Value;

    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Argument<string> _step = Input.Name("step", "The step.");
    private readonly Option<string?> _stands = Input.Json("--result", "What stands for its output; null by default.");

    public RunSkipCommand()
        : base("skip", "Completes a step with an output that stands for its work.", "orc run skip 01a1fd44-365c-7a7b-9463-8b11bcec2525 letter --result '{\"text\": \"By hand.\"}'") => Takes(_id, _step, _stands);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var output = await JsonSource.ReadAsync(call.Get(_stands), "--result", call.Interrupted) ?? Nothing;
        return await call.ShowRunAsync(call.Client.Runs.SkipStepAsync(call.Get(_id), call.Get(_step), output, call.Interrupted));
    }
}
