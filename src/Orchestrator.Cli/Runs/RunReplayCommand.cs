using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunReplayCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Option<string?> _from = Input.Text("--from", "The step that is done anew, with all that come after it.", "step");
    private readonly Option<string?> _key = Input.Text("--idempotency-key", "The same key again starts no second run.", "key");
    private readonly Option<bool> _wait = Input.Flag("--wait", "Wait for its end; the exit code is 1 when it does not complete.");
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "With --wait: how long to wait.");

    public RunReplayCommand()
        : base("replay", "Starts a new run that repeats another from a step on.", "orc run replay 01a1fd44-365c-7a7b-9463-8b11bcec2525 --from letter")
    {
        _from.Required = true;
        Takes(_id, _from, _key, _wait, _timeout);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var started = await call.Client.Runs.ReplayAsync(call.Get(_id), call.Get(_from)!, call.Get(_key), cancellationToken: call.Interrupted);
        return await call.ShowStartedAsync(started, call.Get(_wait), call.Get(_timeout));
    }
}
