using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Tasks;

/// <summary>Which tasks to list, newest first.</summary>
/// <param name="Workspace">Null for those of all workspaces.</param>
public sealed record TaskQuery(string? Workspace, int Limit)
{
    public TaskState? State { get; init; }
    public string? Action { get; init; }
    public string? Tag { get; init; }
    public Guid? ParentId { get; init; }
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Only tasks before this one in the order of the list.</summary>
    public Guid? Before { get; init; }
}
