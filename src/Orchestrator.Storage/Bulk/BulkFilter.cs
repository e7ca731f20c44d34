using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Bulk;

/// <summary>Which tasks of a workspace are meant: those that fit everything that is set.</summary>
public sealed record BulkFilter(string Workspace)
{
    public TaskState? State { get; init; }
    public string? Action { get; init; }
    public string? Tag { get; init; }
    public Guid? ParentId { get; init; }
    public DateTimeOffset? CreatedAfter { get; init; }
    public DateTimeOffset? CreatedBefore { get; init; }
}
