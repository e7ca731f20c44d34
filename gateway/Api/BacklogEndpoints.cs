using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Observing;

namespace Orchestrator.Gateway.Api;

internal static class BacklogEndpoints
{
    public static void MapBacklog(this IEndpointRouteBuilder api) => api
        .MapGet("/stats/backlog", GetAsync)
        .WithTags("Cluster")
        .WithName("GetBacklog")
        .WithSummary("Answers what there is to do in all workspaces, and what holds it up")
        .WithDescription("The figures are those of the metrics, a few seconds old. For callers who may see every workspace; for others it is not there.")
        .WithProblems(ProblemTypes.NotFound);

    private static async Task<Ok<BacklogResponse>> GetAsync(HttpContext http, ClusterReader cluster)
    {
        if (!http.Caller().SeesAll)
        {
            throw new ProblemException(new Problem(ProblemTypes.NotFound, "The work of all workspaces is shown to those who see them all."));
        }

        var figures = await cluster.ReadAsync()
            ?? throw new ProblemException(new Problem(ProblemTypes.StoreUnavailable, "The figures cannot be read now.") { RetryAfter = ClusterReader.KeptFor });
        return TypedResults.Ok(new BacklogResponse
        {
            SlotsDemanded = figures.SlotsDemanded,
            Unservable = figures.TasksUnservable,
            Waiting = figures.TasksWaiting,
            TasksAsking = figures.TasksAsking,
            RunsAsking = figures.RunsAsking,
            WorkspacesPaused = figures.WorkspacesPaused,
            CircuitsOpen = figures.CircuitsOpen,
        });
    }
}
