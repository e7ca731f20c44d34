using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Webhooks;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<WebhookResponse>> Columns =
    [
        new("ID", webhook => webhook.Id.ToString()),
        new("WORKSPACE", webhook => webhook.Workspace ?? "all"),
        new("URL", webhook => webhook.Url, 60),
        new("TYPES", webhook => Texts.Of(webhook.Types), 40),
        new("ENABLED", webhook => webhook.DisabledReason ?? Texts.Of(webhook.Enabled), 40),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public WebhookListCommand()
        : base("list", "Lists the webhooks: all, or those of the workspace that is named with -w.", "orc webhook list") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Webhooks.ListAsync(call.NamedWorkspace, call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
