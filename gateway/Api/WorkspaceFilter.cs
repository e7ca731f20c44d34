using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class WorkspaceFilter
{
    /// <summary>Refuses to filter by a workspace that is not there for the caller; null is no filter.</summary>
    public static async Task RequireAsync(this IWorkspaceStore workspaces, HttpContext http, string? workspace, CancellationToken cancellationToken)
    {
        if (workspace is not null)
        {
            http.Caller().RequireWorkspace(workspace);
            _ = await workspaces.FindAsync(workspace, cancellationToken)
                ?? throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."));
        }
    }
}
