using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Webhooks;

/// <summary><c>orc webhook …</c></summary>
internal static class WebhookCommands
{
    public static CommandGroup Group() => new(
        "webhook",
        "Creates, changes and checks webhooks.",
        new WebhookCreateCommand(),
        new WebhookListCommand(),
        new ByIdCommand<Guid>(
            "get",
            Input.Id("webhook"),
            "Shows a webhook.",
            "orc webhook get 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            static (call, id) => call.ShowAsync(call.Client.Webhooks.GetAsync(id, call.Interrupted))),
        new WebhookUpdateCommand(),
        new DeleteCommand<Guid>(
            Input.Id("webhook"),
            "Deletes a webhook with its deliveries.",
            "orc webhook delete 01a1fd44-365c-7a7b-9463-8b11bcec2525 --yes",
            static id => $"Webhook {id} would be deleted with what it has not yet been told.",
            static (call, id) => call.Client.Webhooks.DeleteAsync(id, call.Interrupted)),
        new WebhookDeliveriesCommand(),
        new WebhookRedeliverCommand());
}
