using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Client.Runs;
using Orchestrator.Contracts.Runs;

namespace Orchestrator.Cli.Runs;

internal sealed class RunListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<RunResponse>> Columns =
    [
        new("ID", run => run.Id.ToString()),
        new("STATUS", run => run.Compensating ? $"{run.Status} (undoing)" : run.Status),
        new("DEFINITION", run => run.Definition),
        new("WAITING", run => Texts.Of(run.Waiting.Select(step => step.Id)), 32),
        new("CREATED", run => Texts.Of(run.CreatedAt)),
        new("FINISHED", run => Texts.Of(run.FinishedAt)),
        new("ERROR", run => run.Error?.Code),
    ];

    private readonly Option<string?> _status = Input.Choice("--status", "Only runs in this state.", RunStatuses.Started, RunStatuses.Completed, RunStatuses.Failed, RunStatuses.Aborted);
    private readonly Option<string?> _definition = Input.Text("--definition", "Only runs of this definition, as owner/name or owner/name@version.", "definition");
    private readonly Option<string?> _tag = Input.Text("--tag", "Only runs with this tag.", "tag");
    private readonly Option<bool> _waiting = Input.Flag("--waiting", "Only runs that wait for a person.");
    private readonly Option<Guid?> _parent = Input.IdOption("--parent", "Only the sub-runs of this run.");
    private readonly Option<int> _limit = Lists.Limit();

    public RunListCommand()
        : base("list", "Lists the runs of a workspace, newest first.", "orc run list -w acme --status started", "orc run list --waiting") =>
        Takes(_status, _definition, _tag, _waiting, _parent, _limit);

    protected override Task<int> RunAsync(ApiCall call)
    {
        var limit = call.Get(_limit);
        var filter = new RunFilter
        {
            Status = call.Get(_status),
            Definition = call.Get(_definition),
            Tag = call.Get(_tag),
            Waiting = call.Get(_waiting),
            ParentId = call.Get(_parent),
            PageSize = Lists.PageSize(limit),
        };
        return call.Printer.ListAsync(call.Client.Runs.ListAsync(call.Workspace, filter, call.Interrupted), Columns, limit, call.Interrupted);
    }
}
