using Orchestrator.Contracts.Webhooks;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Gateway.Responses;

internal static class WebhookMapper
{
    /// <param name="secret">Shown once, to whoever creates the webhook.</param>
    public static WebhookResponse ToResponse(this WebhookRecord webhook, string? secret = null) => new()
    {
        Id = webhook.Id,
        Workspace = webhook.Workspace,
        Description = webhook.Description,
        Url = webhook.Url,
        Types = webhook.Types,
        Enabled = webhook.Enabled,
        DisabledReason = webhook.DisabledReason,
        Secret = secret,
        CreatedAt = webhook.CreatedAt,
        UpdatedAt = webhook.UpdatedAt,
    };

    public static DeliveryResponse ToResponse(this DeliveryRecord delivery) => new()
    {
        EventId = delivery.EventId,
        Type = delivery.Type,
        Workspace = delivery.Workspace,
        TaskId = delivery.TaskId,
        RunId = delivery.RunId,
        Status = delivery.State.ToName(),
        Attempts = delivery.Attempts,
        At = delivery.At,
        NextAttemptAt = delivery.NextAttemptAt,
        LastAttemptAt = delivery.LastAttemptAt,
        LastStatus = delivery.LastStatus,
        LastError = delivery.LastError,
        FinishedAt = delivery.FinishedAt,
    };
}
