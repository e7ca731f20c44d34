using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Api;

internal static class GenerationEndpoints
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    public static void MapGeneration(this IEndpointRouteBuilder api) => api
        .MapPost("/generation/{action}", GenerateAsync)
        .WithTags("Generation")
        .WithName("Generate")
        .Needs(KeyVerb.Submit)
        .WithoutAudit()
        .WithSummary("Submits a task of generation.{action} and waits for it")
        .WithDescription("Waits 30 s, or as `Prefer: wait=N` says: 200 with the ended task, else 202 with the task as it stands.")
        .WithBody<GenerationRequest>(BodyLimit.Task)
        .WithHeaders(HeaderParameter.IdempotencyKey, HeaderParameter.Prefer)
        .WithProblems(ProblemTypes.WorkspaceNotFound, ProblemTypes.Unprocessable, ProblemTypes.TooManyActions, ProblemTypes.PendingCap);

    private static async Task<Results<Ok<TaskResponse>, Accepted<TaskResponse>, Ok<ExpiredTaskResponse>>> GenerateAsync(
        string action, HttpContext http, SubmissionReader reader, SubmissionHandler handler)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var key = IdempotencyHeader.Read(http, body.Utf8, errors);
        var (workspace, task) = reader.ReadGeneration(action, body.Root, errors);
        http.Caller().RequireWorkspace(workspace);
        return await handler.SubmitAsync(http, workspace, task, key, PreferHeader.Wait(http) ?? DefaultWait);
    }
}
