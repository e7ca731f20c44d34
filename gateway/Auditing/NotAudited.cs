namespace Orchestrator.Gateway.Auditing;

/// <summary>Endpoint metadata: work that comes in great numbers and tells of itself, so that the audit log leaves it out.</summary>
internal sealed class NotAudited
{
    private NotAudited()
    {
    }

    public static NotAudited Instance { get; } = new();
}
