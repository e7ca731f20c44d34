using Orchestrator.Storage.Audit;

namespace Orchestrator.Storage.Relational;

internal sealed class AuditStore(IDatabase database) : IAuditStore
{
    public Task WriteAsync(NewAuditEntry entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                "insert_audit_entry",
                Parameter.Text("@actor", entry.Actor),
                Parameter.Text("@source_address", entry.SourceAddress),
                Parameter.Text("@operation", entry.Operation),
                Parameter.Text("@target_kind", entry.TargetKind),
                Parameter.Text("@target_id", entry.TargetId),
                Parameter.Text("@workspace", entry.Workspace),
                Parameter.Integer("@status", entry.Status),
                Parameter.Text("@problem_type", entry.ProblemType),
                Parameter.Text("@trace_id", entry.TraceId)),
            cancellationToken);

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_audit_entries",
                Read,
                Parameter.BigInteger("@before", query.Before ?? long.MaxValue),
                Parameter.Time("@created_after", query.CreatedAfter ?? DateTimeOffset.UnixEpoch),
                Parameter.Text("@workspace", query.Workspace),
                Parameter.Text("@actor", query.Actor),
                Parameter.Text("@operation", query.Operation),
                Parameter.Integer("@limit", query.Limit)),
            cancellationToken).ConfigureAwait(false);

    private static AuditEntry Read(Row row) => new(
        row.BigInteger("id"),
        row.Time("at"),
        new NewAuditEntry(row.Text("actor"), row.Text("operation"), row.Integer("status"))
        {
            SourceAddress = row.TextOrNull("source_address"),
            TargetKind = row.TextOrNull("target_kind"),
            TargetId = row.TextOrNull("target_id"),
            Workspace = row.TextOrNull("workspace"),
            ProblemType = row.TextOrNull("problem_type"),
            TraceId = row.TextOrNull("trace_id"),
        });
}
