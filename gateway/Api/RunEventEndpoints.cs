using System.Globalization;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

internal static class RunEventEndpoints
{
    public static void MapRunEvents(this IEndpointRouteBuilder api) => api
        .MapGet("/runs/{id}/events", ReadAsync)
        .WithTags("Runs")
        .WithName("GetRunEvents")
        .WithSummary("Answers a run's history, as a list or as a live stream")
        .WithDescription("As for tasks. The `data` of an event of a step says `step`, and `item` where it is one's. The stream ends with the run; when a person starts a failed run again, it goes on from there with `Last-Event-ID`.")
        .WithQuery(QueryParameters.After, QueryParameters.Limit, QueryParameters.Cursor)
        .WithHeaders(HeaderParameter.LastEventId)
        .Produces<Page<EventResponse>>(StatusCodes.Status200OK, "application/json", EventStream.MediaType)
        .Produces(StatusCodes.Status204NoContent)
        .WithProblems(ProblemTypes.RunNotFound);

    private static async Task<IResult> ReadAsync(
        string id, HttpContext http, VisibleRuns visible, IRunStore runs, IRunWatcher watcher, EventStream stream, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.Integer("after", 0, int.MaxValue) ?? query.Integer("cursor", 0, int.MaxValue) ?? 0;
        var streams = EventRequest.WantsStream(http.Request);
        after = streams ? EventRequest.LastEventId(http.Request, errors) ?? after : after;
        errors.ThrowIfAny();

        await visible.GetAsync(http.Caller(), runId, cancellationToken);
        if (streams)
        {
            await stream.WriteAsync(http, new RunEvents(runs, watcher, runId), after);
            return TypedResults.Empty;
        }

        var found = await runs.ListEventsAsync(runId, after, limit + 1, cancellationToken);
        var items = found.Take(limit).Select(entry => entry.ToResponse()).ToList();
        return TypedResults.Ok(new Page<EventResponse>(items, found.Count > limit ? items[^1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }
}
