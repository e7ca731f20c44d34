using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookGetCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("webhook");

    public WebhookGetCommand()
        : base("get", "Shows a webhook.", "orc webhook get 01a1fd44-365c-7a7b-9463-8b11bcec2525") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Webhooks.GetAsync(call.Get(_id), call.Interrupted));
}
