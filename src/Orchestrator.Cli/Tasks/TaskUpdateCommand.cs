using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskUpdateCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("task");
    private readonly Option<string?> _priority = Priorities.Option();
    private readonly Option<DateTimeOffset?> _runAt = Input.Moment("--run-at", "Not before this time.");
    private readonly Option<string[]> _tags = Input.Many("--tag", "A tag; all of its tags are replaced by those that are given.", "tag");
    private readonly Option<string?> _input = Input.Json("--input", "What the worker is given instead.");

    public TaskUpdateCommand()
        : base(
            "update",
            "Changes a task that has not started.",
            "orc task update 01a1fd44-365c-7a7b-9463-8b11bcec2525 --priority high") => Takes(_id, _priority, _runAt, _tags, _input);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var change = new PatchTaskRequest
        {
            Priority = Priorities.Of(call.Get(_priority)),
            RunAt = call.Get(_runAt),
            Tags = call.Get(_tags) is { Length: > 0 } tags ? tags : null,
            Input = await JsonSource.ReadAsync(call.Get(_input), "--input", call.Interrupted),
        };
        return await call.ShowAsync(call.Client.Tasks.PatchAsync(call.Get(_id), change, call.Interrupted));
    }
}
