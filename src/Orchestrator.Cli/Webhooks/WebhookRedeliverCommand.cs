using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookRedeliverCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("webhook");
    private readonly Argument<string> _event = Input.Name("event", "The event's id, as orc webhook deliveries tells it.");

    public WebhookRedeliverCommand()
        : base("redeliver", "Sends an event once more, with the same id.", "orc webhook redeliver 01a1fd44-365c-7a7b-9463-8b11bcec2525 01a1fd44-365c-7a7b-9463-8b11bcec2526.7") => Takes(_id, _event);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Webhooks.RetryDeliveryAsync(call.Get(_id), call.Get(_event), call.Interrupted));
}
