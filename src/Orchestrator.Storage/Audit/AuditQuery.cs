namespace Orchestrator.Storage.Audit;

/// <summary>Which entries to list.</summary>
public sealed record AuditQuery(int Limit)
{
    public string? Workspace { get; init; }

    public string? Actor { get; init; }

    public string? Operation { get; init; }

    /// <summary>Only entries written after this moment.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Only entries older than this one; null for the newest.</summary>
    public long? Before { get; init; }
}
