namespace Orchestrator.Storage.Audit;

/// <summary>An entry as it is kept.</summary>
public sealed record AuditEntry(long Id, DateTimeOffset At, NewAuditEntry What);
