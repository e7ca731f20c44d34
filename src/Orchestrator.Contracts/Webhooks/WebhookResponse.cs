using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Webhooks;

/// <summary>A webhook: who is told of which events.</summary>
public sealed record WebhookResponse
{
    public required Guid Id { get; init; }

    /// <summary>Null when it is told of all workspaces.</summary>
    public string? Workspace { get; init; }

    public string? Description { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<string> Types { get; init; }
    public required bool Enabled { get; init; }

    /// <summary>Why the system disabled it; null when it did not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>There only in the answer that creates the webhook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
