namespace Orchestrator.Contracts.Webhooks;

/// <summary>A webhook to create.</summary>
public sealed record CreateWebhookRequest
{
    /// <summary>Whose events; those of all workspaces if none is named.</summary>
    public string? Workspace { get; init; }

    public string? Description { get; init; }

    /// <summary>Where events are posted to: <c>https</c> or <c>http</c>, without user information.</summary>
    public required string Url { get; init; }

    /// <summary>The types of events, such as <c>task.completed</c>; <c>["*"]</c> for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>What requests are signed with, from 16 to 256 characters; made for you if you give none.</summary>
    public string? Secret { get; init; }

    /// <summary>True by default.</summary>
    public bool? Enabled { get; init; }
}
