using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Webhooks;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookDeliveriesCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<DeliveryResponse>> Columns =
    [
        new("EVENT", delivery => delivery.EventId, 64),
        new("TYPE", delivery => delivery.Type),
        new("STATUS", delivery => delivery.Status),
        new("TRIES", delivery => Texts.Of(delivery.Attempts)),
        new("ANSWER", delivery => Texts.Of(delivery.LastStatus)),
        new("NEXT", delivery => Texts.Of(delivery.NextAttemptAt)),
        new("ERROR", delivery => delivery.LastError, 60),
    ];

    private readonly Argument<Guid> _id = Input.Id("webhook");
    private readonly Option<string?> _status = Input.Choice("--status", "Only those in this state.", "pending", "delivered", "failed");
    private readonly Option<int> _limit = Lists.Limit();

    public WebhookDeliveriesCommand()
        : base("deliveries", "Lists what became of telling a webhook.", "orc webhook deliveries 01a1fd44-365c-7a7b-9463-8b11bcec2525 --status failed") => Takes(_id, _status, _limit);

    protected override Task<int> RunAsync(ApiCall call) => call.Printer.ListAsync(
        call.Client.Webhooks.ListDeliveriesAsync(call.Get(_id), call.Get(_status), call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
