using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunWaitCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "How long to wait; as long as it takes by default.");

    public RunWaitCommand()
        : base(
            "wait",
            "Waits for a run's end, and prints it; the exit code is 1 when it does not complete, 124 when it has not ended in time.",
            "orc run wait 01a1fd44-365c-7a7b-9463-8b11bcec2525 --timeout 10m") => Takes(_id, _timeout);

    protected override async Task<int> RunAsync(ApiCall call) =>
        await call.ShowEndAsync(await call.Client.Runs.GetAsync(call.Get(_id), cancellationToken: call.Interrupted), call.Get(_timeout));
}
