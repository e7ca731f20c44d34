using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;

namespace Orchestrator.Gateway.Api;

internal static class SubmissionEndpoints
{
    public static void MapSubmissions(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/workspaces/{ws}/tasks").WithTags("Tasks");

        group.MapPost("", SubmitAsync)
            .WithName("SubmitTask")
            .Needs(KeyVerb.Submit)
            .WithoutAudit()
            .WithSummary("Submits a task")
            .WithDescription("Answers 202 with the task once it is stored; with `Prefer: wait=N` 200 when it ended in time. A repeated `Idempotency-Key` answers the same task, or `{\"id\",\"status\":\"expired\"}` when it is gone.")
            .WithBody<SubmitTaskRequest>(BodyLimit.Task)
            .WithHeaders(HeaderParameter.IdempotencyKey, HeaderParameter.Prefer)
            .WithProblems(ProblemTypes.WorkspaceNotFound, ProblemTypes.Unprocessable, ProblemTypes.TooManyActions, ProblemTypes.PendingCap);

        group.MapPost("/batch", SubmitBatchAsync)
            .WithName("SubmitBatch")
            .Needs(KeyVerb.Submit)
            .WithoutAudit()
            .WithSummary("Submits up to 10,000 tasks, all or none")
            .WithDescription("Items can depend on one another by `ref`. One bad item and nothing is stored.")
            .WithBody<SubmitBatchRequest>(BodyLimit.Batch)
            .WithHeaders(HeaderParameter.IdempotencyKey)
            .WithProblems(ProblemTypes.WorkspaceNotFound, ProblemTypes.Unprocessable, ProblemTypes.TooManyActions, ProblemTypes.PendingCap)
            .AddEndpointFilter<BatchGate>();
    }

    private static async Task<Results<Ok<TaskResponse>, Accepted<TaskResponse>, Ok<ExpiredTaskResponse>>> SubmitAsync(
        string ws, HttpContext http, SubmissionReader reader, SubmissionHandler handler)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var workspace = PathIds.Workspace(errors, ws);
        var key = IdempotencyHeader.Read(http, body.Utf8, errors);
        var task = reader.ReadTask(body.Root, errors);
        return await handler.SubmitAsync(http, workspace, task, key, PreferHeader.Wait(http) ?? TimeSpan.Zero);
    }

    private static async Task<Accepted<BatchResponse>> SubmitBatchAsync(
        string ws, HttpContext http, SubmissionReader reader, SubmissionHandler handler)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var workspace = PathIds.Workspace(errors, ws);
        var key = IdempotencyHeader.Read(http, body.Utf8, errors);
        var tasks = reader.ReadBatch(body.Root, errors);
        return await handler.SubmitBatchAsync(http, workspace, tasks, key);
    }
}
