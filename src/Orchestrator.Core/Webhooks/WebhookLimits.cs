namespace Orchestrator.Core.Webhooks;

/// <summary>Bounds of what a webhook may be.</summary>
public static class WebhookLimits
{
    public const int MaxUrlLength = 2_000;
    public const int MaxDescriptionLength = 1_000;
    public const int MinSecretLength = 16;
    public const int MaxSecretLength = 256;

    /// <summary>How many one workspace may have, and how many may be told of all workspaces: each of them writes a row for every event.</summary>
    public const int MaxPerWorkspace = 20;
}
