using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;

namespace Orchestrator.Gateway.Responses;

internal static class BulkMapper
{
    public static BulkResponse ToResponse(this BulkOperation operation) => new()
    {
        Id = operation.Id,
        Operation = operation.Kind.ToName(),
        Filter = new BulkFilterRequest
        {
            Workspace = operation.Filter.Workspace,
            Status = operation.Filter.State?.ToName(),
            Action = operation.Filter.Action,
            Tag = operation.Filter.Tag,
            ParentId = operation.Filter.ParentId,
            CreatedAfter = operation.Filter.CreatedAfter,
            CreatedBefore = operation.Filter.CreatedBefore,
        },
        Workspace = operation.Target,
        DryRun = operation.DryRun,
        Status = operation.FinishedAt is null ? "running" : "completed",
        Matched = operation.Matched,
        Done = operation.Done,
        Skipped = operation.Skipped,
        Errors = [.. operation.Errors.Select(error => new BulkErrorResponse(error.TaskId, error.Message))],
        CreatedAt = operation.CreatedAt,
        FinishedAt = operation.FinishedAt,
    };
}
