using System.Globalization;
using Orchestrator.Contracts.Audit;
using Orchestrator.Storage.Audit;

namespace Orchestrator.Gateway.Responses;

internal static class AuditMapper
{
    public static AuditEntryResponse ToResponse(this AuditEntry entry) => new()
    {
        Id = entry.Id.ToString(CultureInfo.InvariantCulture),
        At = entry.At,
        Actor = entry.What.Actor,
        SourceAddress = entry.What.SourceAddress,
        Operation = entry.What.Operation,
        TargetKind = entry.What.TargetKind,
        TargetId = entry.What.TargetId,
        Workspace = entry.What.Workspace,
        Status = entry.What.Status,
        ProblemType = entry.What.ProblemType,
        TraceId = entry.What.TraceId,
    };
}
