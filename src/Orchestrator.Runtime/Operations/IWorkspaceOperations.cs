using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to workspaces that can make tasks ready; each tells the cluster.</summary>
public interface IWorkspaceOperations
{
    Task<WorkspaceRecord?> UpdateAsync(string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken);

    /// <summary>Closes a fuse of the workspace and begins anew to count what trips it.</summary>
    Task<WorkspaceRecord?> ResetFuseAsync(string id, Fuse fuse, CancellationToken cancellationToken);

    Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken);
}
