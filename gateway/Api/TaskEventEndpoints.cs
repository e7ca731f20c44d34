using System.Globalization;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

internal static class TaskEventEndpoints
{
    public static void MapTaskEvents(this IEndpointRouteBuilder api) => api
        .MapGet("/tasks/{id}/events", ReadAsync)
        .WithTags("Tasks")
        .WithName("GetTaskEvents")
        .WithSummary("Answers a task's history, as a list or as a live stream")
        .WithDescription("With `Accept: text/event-stream` the events stream as they happen: `id` is the seq, `event` the type, `data` the event; a comment every 15 s; the stream ends after the terminal event. Resume with `Last-Event-ID`; 204 when nothing can follow it.")
        .WithQuery(QueryParameters.After, QueryParameters.Limit, QueryParameters.Cursor)
        .WithHeaders(HeaderParameter.LastEventId)
        .Produces<Page<EventResponse>>(StatusCodes.Status200OK, "application/json", EventStream.MediaType)
        .Produces(StatusCodes.Status204NoContent)
        .WithProblems(ProblemTypes.TaskNotFound);

    private static async Task<IResult> ReadAsync(
        string id, HttpContext http, VisibleTasks visible, ITaskReader tasks, ITaskWatcher watcher, EventStream stream, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.Integer("after", 0, int.MaxValue) ?? query.Integer("cursor", 0, int.MaxValue) ?? 0;
        var streams = EventRequest.WantsStream(http.Request);
        after = streams ? EventRequest.LastEventId(http.Request, errors) ?? after : after;
        errors.ThrowIfAny();

        await visible.RequireAsync(http.Caller(), taskId, cancellationToken);
        if (streams)
        {
            await stream.WriteAsync(http, new TaskEvents(tasks, watcher, taskId), after);
            return TypedResults.Empty;
        }

        var history = await tasks.ReadHistoryAsync(taskId, after, limit, cancellationToken) ?? throw VisibleTasks.NotFound(taskId);
        return TypedResults.Ok(new Page<EventResponse>(
            [.. history.Events.Select(entry => entry.ToResponse())],
            history.Events.Count > 0 && history.Events[^1].Seq < history.LastSeq
                ? history.Events[^1].Seq.ToString(CultureInfo.InvariantCulture)
                : null));
    }
}
