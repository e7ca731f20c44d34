using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceUsageCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<DayUsageResponse>> Columns =
    [
        new("DAY", usage => usage.Day == default ? "in all" : usage.Day.ToString("O")),
        new("INPUT", usage => Texts.Of(usage.InputTokens)),
        new("OUTPUT", usage => Texts.Of(usage.OutputTokens)),
        new("CACHED", usage => Texts.Of(usage.CachedTokens)),
        new("REASONING", usage => Texts.Of(usage.ReasoningTokens)),
        new("COST", usage => Texts.Of(usage.Cost)),
    ];

    private readonly Argument<string> _id = Input.Name("id", "The workspace.");

    public WorkspaceUsageCommand()
        : base("usage", "Shows what a workspace has used: tokens and cost, in all and by day.", "orc workspace usage acme") => Takes(_id);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var usage = await call.Client.Workspaces.GetUsageAsync(call.Get(_id), call.Interrupted);
        if (!call.Printer.IsTable)
        {
            return call.Show(usage);
        }

        var total = usage.Total;
        call.Printer.Table(
            [new DayUsageResponse(default, total.InputTokens, total.OutputTokens, total.CachedTokens, total.ReasoningTokens, total.Cost), .. usage.Days], Columns);
        return CliExitCodes.Success;
    }
}
