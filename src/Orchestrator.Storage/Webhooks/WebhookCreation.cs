namespace Orchestrator.Storage.Webhooks;

/// <summary>What became of a webhook to create; exactly one of the nested records.</summary>
public abstract record WebhookCreation
{
    private WebhookCreation()
    {
    }

    public sealed record Created(WebhookRecord Webhook) : WebhookCreation;

    public sealed record WorkspaceNotFound : WebhookCreation;

    /// <summary>There are as many as there may be.</summary>
    public sealed record TooMany : WebhookCreation;
}
