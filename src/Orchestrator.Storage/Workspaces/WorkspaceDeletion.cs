namespace Orchestrator.Storage.Workspaces;

public enum WorkspaceDeletion
{
    Deleted,
    NotFound,

    /// <summary>It has tasks that have not ended.</summary>
    HasLiveTasks,
}
