using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to workspaces that can make tasks ready; each tells the cluster.</summary>
public interface IWorkspaceOperations
{
    Task<WorkspaceRecord?> UpdateAsync(string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken);

    Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken);
}
