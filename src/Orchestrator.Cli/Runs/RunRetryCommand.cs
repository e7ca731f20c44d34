using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Runs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunRetryCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Argument<string> _step = Input.Name("step", "The failed step.");
    private readonly Option<string?> _input = Input.Json("--input", "What it is given instead.");
    private readonly Option<TimeSpan?> _delay = Input.Duration("--delay", "How long to wait first.");

    public RunRetryCommand()
        : base("retry", "Has a failed step done again, and its run go on.", "orc run retry 01a1fd44-365c-7a7b-9463-8b11bcec2525 letter") => Takes(_id, _step, _input, _delay);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var how = new RetryStepRequest
        {
            DelayMs = (int?)call.Get(_delay)?.TotalMilliseconds,
            Input = await JsonSource.ReadAsync(call.Get(_input), "--input", call.Interrupted),
        };
        return await call.ShowRunAsync(call.Client.Runs.RetryStepAsync(call.Get(_id), call.Get(_step), how, call.Interrupted));
    }
}
