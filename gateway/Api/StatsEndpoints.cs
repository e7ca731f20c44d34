using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class StatsEndpoints
{
    public static void MapStats(this IEndpointRouteBuilder api) => api
        .MapGet("/stats", GetAsync)
        .WithTags("Cluster")
        .WithName("GetStats")
        .WithSummary("Answers how many tasks there are by state, and how many slots are taken")
        .WithQuery(QueryParameters.Workspace)
        .WithProblems(ProblemTypes.WorkspaceNotFound);

    private static async Task<Ok<StatsResponse>> GetAsync(
        HttpContext http, IWorkspaceStore workspaces, StatsSource source, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var workspace = new QueryReader(http, errors).Name("workspace");
        errors.ThrowIfAny();
        if (workspace is not null)
        {
            http.Caller().RequireWorkspace(workspace);
            _ = await workspaces.FindAsync(workspace, cancellationToken)
                ?? throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."));
        }

        return TypedResults.Ok(await source.CountAsync(workspace, http.Caller(), cancellationToken));
    }
}
