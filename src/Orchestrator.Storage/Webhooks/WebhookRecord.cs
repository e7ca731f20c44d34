namespace Orchestrator.Storage.Webhooks;

/// <summary>Who is told of which events. Its secret is given to those who sign, and to nobody else.</summary>
public sealed record WebhookRecord
{
    public required Guid Id { get; init; }

    /// <summary>Whose events; null for those of all workspaces.</summary>
    public string? Workspace { get; init; }

    public string? Description { get; init; }

    public required string Url { get; init; }

    /// <summary>The types of events, <c>*</c> for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Why it was disabled by the system; null when it was not.</summary>
    public string? DisabledReason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}
