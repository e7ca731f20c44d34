using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Timelines;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder api) => api
        .MapGet("/stats/timeline", GetAsync)
        .WithTags("Cluster")
        .WithName("GetTimeline")
        .WithSummary("Answers what happened lately: tasks submitted and ended, waits, durations, tokens and cost, in buckets of time")
        .WithDescription("The figures are gathered by each process and written every few seconds; they are for charts. Tasks, histories and usage are exact.")
        .WithQuery(QueryParameters.TimelineWorkspace, QueryParameters.TimelineAction, QueryParameters.DurationSeconds)
        .WithProblems(ProblemTypes.WorkspaceNotFound);

    private static async Task<Ok<TimelineResponse>> GetAsync(
        HttpContext http, ITimelineStore timelines, IWorkspaceStore workspaces, IOptions<TimelineOptions> options, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var workspace = query.Name("workspace");
        var action = query.Name("action");
        var duration = query.TimelineDuration(options.Value);
        errors.ThrowIfAny();

        await workspaces.RequireAsync(http, workspace, cancellationToken);
        var timeline = await timelines.ReadAsync(
            new TimelineQuery(options.Value.Bucket, duration)
            {
                Workspaces = workspace is null ? http.Caller().Workspaces : [workspace],
                Action = action,
            },
            cancellationToken);
        return TypedResults.Ok(timeline.ToResponse());
    }
}
