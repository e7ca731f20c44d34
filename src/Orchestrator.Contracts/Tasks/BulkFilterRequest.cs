namespace Orchestrator.Contracts.Tasks;

/// <summary>Tasks of one workspace that fit everything that is named.</summary>
public sealed record BulkFilterRequest
{
    public required string Workspace { get; init; }
    public string? Status { get; init; }
    public string? Action { get; init; }
    public string? Tag { get; init; }
    public Guid? ParentId { get; init; }
    public DateTimeOffset? CreatedAfter { get; init; }
    public DateTimeOffset? CreatedBefore { get; init; }
}
