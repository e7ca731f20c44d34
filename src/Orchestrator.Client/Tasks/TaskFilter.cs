namespace Orchestrator.Client.Tasks;

/// <summary>Which tasks to list: those that fit everything that is named.</summary>
public sealed record TaskFilter
{
    public string? Status { get; init; }
    public string? Action { get; init; }
    public string? Tag { get; init; }
    public Guid? ParentId { get; init; }
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>How many tasks to ask for at a time, from 1 to 500; 100 if it is null.</summary>
    public int? PageSize { get; init; }
}
