using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Keys;

namespace Orchestrator.Cli.Keys;

internal sealed class KeyListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<KeyResponse>> Columns =
    [
        new("ID", key => key.Id),
        new("NAME", key => key.Name),
        new("VERBS", key => Texts.Of(key.Verbs)),
        new("WORKSPACES", key => key.Workspaces is { } workspaces ? Texts.Of(workspaces) : "all", 40),
        new("EXPIRES", key => Texts.Of(key.ExpiresAt)),
        new("REVOKED", key => Texts.Of(key.RevokedAt)),
        new("LAST USED", key => Texts.Of(key.LastUsedAt)),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public KeyListCommand()
        : base("list", "Lists the keys by name, revoked and expired ones included.", "orc key list") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Keys.ListAsync(call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
