namespace Orchestrator.Storage.Webhooks;

/// <param name="In">Time until one of its deliveries is due, zero or less when one is; null when none waits.</param>
public sealed record DueWebhook(Guid Id, TimeSpan? In);
