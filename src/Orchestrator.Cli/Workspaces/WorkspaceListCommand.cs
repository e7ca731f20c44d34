using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceListCommand : ApiCommand
{
    public static readonly IReadOnlyList<Column<WorkspaceResponse>> Columns =
    [
        new("ID", workspace => workspace.Id),
        new("NAME", workspace => workspace.Name, 40),
        new("WEIGHT", workspace => Texts.Of(workspace.Weight)),
        new("PARALLEL", workspace => workspace.MaxParallel is { } limit ? Texts.Of(limit) : "no limit"),
        new("RUNNING", workspace => Texts.Of(workspace.Running)),
        new("QUEUED", workspace => $"{Texts.Of(workspace.Queued)}{(workspace.Queued >= WorkspaceCounts.MostQueued ? "+" : "")}"),
        new("PAUSED", workspace => workspace.Paused ? $"{workspace.PausedBy ?? "by hand"}{(workspace.PausedUntil is { } until ? $" until {Texts.Of(until)}" : "")}" : "no"),
        new("FUSES", workspace => Texts.Of(workspace.FuseStates.Where(fuse => fuse.Value.State != "closed").Select(fuse => fuse.Key).Order(StringComparer.Ordinal))),
        new("BUDGET", workspace => workspace.Budget is { } budget ? $"{Texts.Of(budget.Spent)} of {Texts.Of(budget.Limit)}" : null),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public WorkspaceListCommand()
        : base("list", "Lists the workspaces, with how many of their tasks run and are ready; no more than 1,000 ready ones are counted.", "orc workspace list", "orc workspace list -o jsonl") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Workspaces.ListAsync(counts: true, call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
