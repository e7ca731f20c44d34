using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Cli.Cluster;

internal sealed class ErrorListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<ErrorGroupResponse>> Columns =
    [
        new("CODE", group => group.Code),
        new("WORKSPACE", group => group.Workspace, 24),
        new("ACTION", group => group.Action, 28),
        new("FAILED", group => Texts.Of(group.Failed)),
        new("RETRIED", group => Texts.Of(group.Retried)),
        new("LAST", group => Texts.Of(group.LastAt)),
        new("LAST TASK", group => group.LastTaskId.ToString()),
        new("MESSAGE", group => group.Message, 80),
    ];

    private readonly Option<string?> _sort = Input.Choice("--sort", "Which come first; recent by default.", "recent", "frequent");
    private readonly Option<int> _limit = Lists.Limit();

    public ErrorListCommand()
        : base("list", "Lists what failed, the same failures as one: of all workspaces, or of the one that is named with -w.", "orc error list", "orc error list -w acme --sort frequent") => Takes(_sort, _limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Errors.ListAsync(call.NamedWorkspace, call.Get(_sort), call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
