using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskWatchCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Option<int?> _after = Input.Number("--after", "Only events after this seq.", 0, int.MaxValue);
    private readonly Option<TimeSpan?> _timeout = Input.Duration("--timeout", "How long to watch; to its end by default.");

    public TaskWatchCommand()
        : base(
            "watch",
            "Follows a task's events live, to its end; the exit code is 1 when it does not complete.",
            "orc task watch 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            "orc task watch 01a1fd44-365c-7a7b-9463-8b11bcec2525 -o jsonl --timeout 5m") => Takes(_id, _after, _timeout);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var id = call.Get(_id);
        await call.WithinAsync(
            $"Task {id}",
            $"orc task watch {id}",
            call.Get(_timeout),
            async token =>
            {
                await foreach (var entry in call.Client.Tasks.FollowAsync(id, call.Get(_after) ?? 0, token))
                {
                    call.Printer.Line(entry, EventLines.Of);
                }

                return true;
            });
        return call.CodeOf(await call.Client.Tasks.GetAsync(id, cancellationToken: call.Interrupted));
    }
}
