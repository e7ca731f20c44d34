using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Audit;

namespace Orchestrator.Cli.Cluster;

internal sealed class AuditListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<AuditEntryResponse>> Columns =
    [
        new("AT", entry => Texts.Of(entry.At)),
        new("ACTOR", entry => entry.Actor, 24),
        new("FROM", entry => entry.SourceAddress, 24),
        new("OPERATION", entry => entry.Operation),
        new("TARGET", entry => entry.TargetId ?? entry.TargetKind, 48),
        new("WORKSPACE", entry => entry.Workspace, 24),
        new("STATUS", entry => Texts.Of(entry.Status)),
        new("PROBLEM", entry => entry.ProblemType?.Split(':')[^1]),
    ];

    private readonly Option<string?> _actor = Input.Text("--actor", "Only what this caller did.", "name");
    private readonly Option<string?> _operation = Input.Text("--operation", "Only this operation, by its id in the OpenAPI document.", "operation");
    private readonly Option<DateTimeOffset?> _after = Input.Moment("--created-after", "Only what was done later.");
    private readonly Option<int> _limit = Lists.Limit();

    public AuditListCommand()
        : base(
            "list",
            "Lists who changed what, or tried to, newest first: in all workspaces, or in the one that is named with -w.",
            "orc audit list --operation PauseWorkspace -w acme",
            "orc audit list --actor anonymous --created-after 2026-01-31T12:00:00Z -o jsonl") => Takes(_actor, _operation, _after, _limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(
            call.Client.Audit.ListAsync(call.NamedWorkspace, call.Get(_actor), call.Get(_operation), call.Get(_after), call.Interrupted),
            Columns,
            call.Get(_limit),
            call.Interrupted);
}
