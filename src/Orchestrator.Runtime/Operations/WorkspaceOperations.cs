using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Runtime.Operations;

public sealed class WorkspaceOperations(IWorkspaceStore workspaces, SignalHub hub) : IWorkspaceOperations
{
    public async Task<WorkspaceRecord?> UpdateAsync(string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken) =>
        Signal(await workspaces.UpdateAsync(id, change, cancellationToken).ConfigureAwait(false));

    public async Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken) =>
        Signal(await workspaces.ResumeAsync(id, cancellationToken).ConfigureAwait(false));

    private WorkspaceRecord? Signal(WorkspaceRecord? workspace)
    {
        if (workspace is not null)
        {
            hub.SignalReady();
        }

        return workspace;
    }
}
