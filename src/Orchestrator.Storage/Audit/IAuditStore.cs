namespace Orchestrator.Storage.Audit;

/// <summary>Who did what. Entries are only added, and deleted by age; refusals by number too.</summary>
public interface IAuditStore
{
    Task WriteAsync(NewAuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Entries, the newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken);
}
