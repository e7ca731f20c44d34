using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Runs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunAbortCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Option<string?> _reason = Input.Text("--reason", "Why, for its history.");
    private readonly Option<bool> _compensate = Input.Flag("--compensate", "Undo what completed steps did, by those that say how.");

    public RunAbortCommand()
        : base("abort", "Ends a run; what it has under way is cancelled.", "orc run abort 01a1fd44-365c-7a7b-9463-8b11bcec2525 --reason \"Not needed any more.\"") => Takes(_id, _reason, _compensate);

    protected override Task<int> RunAsync(ApiCall call)
    {
        var how = new AbortRunRequest { Reason = call.Get(_reason), Compensate = call.Get(_compensate) ? true : null };
        return call.ShowRunAsync(call.Client.Runs.AbortAsync(call.Get(_id), how, call.Interrupted));
    }
}
