using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Tasks;
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
        HttpContext http, ITaskReader tasks, IWorkspaceStore workspaces, SiloDirectory directory, CancellationToken cancellationToken)
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

        var counts = await tasks.CountAsync(workspace, cancellationToken);
        var silos = await directory.ListPresentAsync(cancellationToken);
        return TypedResults.Ok(new StatsResponse
        {
            Workspace = workspace,
            Tasks = Enum.GetValues<TaskState>().ToDictionary(state => state.ToName(), state => counts.GetValueOrDefault(state)),
            Silos = silos.Count,
            Draining = silos.Count(silo => silo.Draining),
            Slots = silos.Sum(silo => silo.Slots),
            Busy = silos.Sum(silo => silo.Busy),
        });
    }
}
