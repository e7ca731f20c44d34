using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Client.Tasks;

namespace Orchestrator.Cli.Tasks;

internal sealed class TaskListCommand : ApiCommand
{
    private readonly Option<bool> _all = Input.Flag("--all", "Tasks of all workspaces.");

    private readonly Option<string?> _status = Input.Choice(
        "--status",
        "Only tasks in this state.",
        TaskStatuses.Scheduled, TaskStatuses.Blocked, TaskStatuses.Queued, TaskStatuses.Processing, TaskStatuses.Waiting, TaskStatuses.Completed, TaskStatuses.Failed, TaskStatuses.Cancelled);

    private readonly Option<string?> _action = Input.Text("--action", "Only tasks of this action.", "action");
    private readonly Option<string?> _tag = Input.Text("--tag", "Only tasks with this tag.", "tag");
    private readonly Option<Guid?> _parent = Input.IdOption("--parent", "Only the children of this task.");
    private readonly Option<DateTimeOffset?> _after = Input.Moment("--created-after", "Only tasks that were submitted later.");
    private readonly Option<int> _limit = Lists.Limit();

    public TaskListCommand()
        : base(
            "list",
            "Lists the tasks of a workspace or of all, newest first.",
            "orc task list -w acme --status failed",
            "orc task list --all --status waiting",
            "orc task list --tag draft --limit 1000 -o jsonl") => Takes(_all, _status, _action, _tag, _parent, _after, _limit);

    protected override Task<int> RunAsync(ApiCall call)
    {
        var limit = call.Get(_limit);
        var filter = new TaskFilter
        {
            Status = call.Get(_status),
            Action = call.Get(_action),
            Tag = call.Get(_tag),
            ParentId = call.Get(_parent),
            CreatedAfter = call.Get(_after),
            PageSize = Lists.PageSize(limit),
        };
        if (!call.Get(_all))
        {
            return call.Printer.ListAsync(call.Client.Tasks.ListAsync(call.Workspace, filter, call.Interrupted), TaskColumns.List, limit, call.Interrupted);
        }

        return call.NamedWorkspace is { } named
            ? throw new CliException(CliExitCodes.Usage, $"--all are the tasks of all workspaces, and --workspace {named} those of one: give one of both.")
            : call.Printer.ListAsync(call.Client.Tasks.ListAllAsync(filter, call.Interrupted), TaskColumns.OfAll, limit, call.Interrupted);
    }
}
