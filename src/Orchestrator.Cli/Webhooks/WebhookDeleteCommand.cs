using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Webhooks;

internal sealed class WebhookDeleteCommand : ApiCommand
{
    private readonly Argument<Guid> _id = Input.Id("webhook");
    private readonly Option<bool> _yes = Confirmation.Option();

    public WebhookDeleteCommand()
        : base("delete", "Deletes a webhook with its deliveries.", "orc webhook delete 01a1fd44-365c-7a7b-9463-8b11bcec2525 --yes") => Takes(_id, _yes);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        Confirmation.Require(call.Get(_yes), $"Webhook {call.Get(_id)} would be deleted with what it has not yet been told.");
        await call.Client.Webhooks.DeleteAsync(call.Get(_id), call.Interrupted);
        return CliExitCodes.Success;
    }
}
