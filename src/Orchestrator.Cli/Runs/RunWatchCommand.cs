using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Runs;

internal sealed class RunWatchCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("run");
    private readonly Option<int?> _after = Input.Number("--after", "Only events after this seq.", 0, int.MaxValue);
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "How long to watch; to its end by default.");

    public RunWatchCommand()
        : base("watch", "Follows a run's events live, to its end; the exit code is 1 when it does not complete.", "orc run watch 01a1fd44-365c-7a7b-9463-8b11bcec2525") => Takes(_id, _after, _timeout);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var id = call.Get(_id);
        await call.WithinAsync(
            $"Run {id}",
            $"orc run watch {id}",
            call.Get(_timeout),
            async token =>
            {
                await foreach (var entry in call.Client.Runs.FollowAsync(id, call.Get(_after) ?? 0, token))
                {
                    call.Printer.Line(entry, EventLines.Of);
                }

                return true;
            });
        return RunEnds.CodeOf(await call.Client.Runs.GetAsync(id, cancellationToken: call.Interrupted));
    }
}
