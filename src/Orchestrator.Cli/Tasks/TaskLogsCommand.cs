using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskLogsCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Option<bool> _follow = Input.Flag("--follow", "Go on to the task's end.", "-f");
    private readonly Option<int?> _after = Input.Number("--after", "Only what came after this seq.", 0, int.MaxValue);

    public TaskLogsCommand()
        : base(
            "logs",
            "Prints what a task has put out so far: its text, and its progress.",
            "orc task logs 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            "orc task logs 01a1fd44-365c-7a7b-9463-8b11bcec2525 --follow") => Takes(_id, _follow, _after);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var id = call.Get(_id);
        var after = call.Get(_after) ?? 0;
        var log = new OutputLog(call.Printer);
        var events = call.Get(_follow) ? call.Client.Tasks.FollowAsync(id, after, call.Interrupted) : call.Client.Tasks.ListEventsAsync(id, after, call.Interrupted);
        await foreach (var entry in events)
        {
            log.Add(entry);
        }

        log.End();
        return CliExitCodes.Success;
    }
}
