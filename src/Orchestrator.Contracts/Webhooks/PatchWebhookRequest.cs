namespace Orchestrator.Contracts.Webhooks;

/// <summary>Changes to a webhook; what is left out stays.</summary>
public sealed record PatchWebhookRequest
{
    /// <summary>Null clears it.</summary>
    public string? Description { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Replaces the secret; the next request is signed with it.</summary>
    public string? Secret { get; init; }

    /// <summary>While it is false no event is written down for it, and what waits is not sent.</summary>
    public bool? Enabled { get; init; }
}
