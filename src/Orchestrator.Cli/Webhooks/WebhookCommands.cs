using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Webhooks;

/// <summary><c>orc webhook …</c></summary>
internal static class WebhookCommands
{
    public static CommandGroup Group() => new(
        "webhook",
        "Creates, changes and checks webhooks.",
        new WebhookCreateCommand(),
        new WebhookListCommand(),
        new WebhookGetCommand(),
        new WebhookUpdateCommand(),
        new WebhookDeleteCommand(),
        new WebhookDeliveriesCommand(),
        new WebhookRedeliverCommand());
}
