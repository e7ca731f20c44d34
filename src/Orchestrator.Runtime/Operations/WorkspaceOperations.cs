using Orchestrator.Core.Fuses;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Runtime.Operations;

public sealed class WorkspaceOperations(IWorkspaceStore workspaces, IFuseStore fuses, SignalHub hub) : IWorkspaceOperations
{
    public async Task<WorkspaceRecord?> UpdateAsync(string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken) =>
        Signal(await workspaces.UpdateAsync(id, change, cancellationToken).ConfigureAwait(false));

    public async Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken) =>
        Signal(await workspaces.ResumeAsync(id, cancellationToken).ConfigureAwait(false));

    public async Task<WorkspaceRecord?> ResetFuseAsync(string id, Fuse fuse, CancellationToken cancellationToken) =>
        await fuses.ResetAsync(id, fuse, cancellationToken).ConfigureAwait(false)
            ? Signal(await workspaces.FindAsync(id, cancellationToken).ConfigureAwait(false))
            : null;

    private WorkspaceRecord? Signal(WorkspaceRecord? workspace)
    {
        if (workspace is not null)
        {
            hub.SignalReady();
            hub.SignalParkedHere();
        }

        return workspace;
    }
}
