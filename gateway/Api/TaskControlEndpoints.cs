using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

internal static class TaskControlEndpoints
{
    public static void MapTaskControl(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/tasks/{id}").WithTags("Tasks").WithProblems(ProblemTypes.TaskNotFound);

        group.MapPost("/cancel", CancelAsync)
            .WithName("CancelTask")
            .Needs(KeyVerb.Control)
            .WithSummary("Cancels a task that has not ended, and its descendants")
            .WithDescription("A running attempt is told; what it still writes is refused.")
            .WithProblems(ProblemTypes.TaskEnded);

        group.MapPost("/retry", RetryAsync)
            .WithName("RetryTask")
            .Needs(KeyVerb.Control)
            .WithSummary("Submits an ended task again, as a new task")
            .WithDescription("The new task says `redriveOf`. It takes over everything but parent and dependencies, which have ended; a deadline is as long after its creation as before.")
            .WithBody<RetryTaskRequest>(BodyLimit.Task, optional: true)
            .WithHeaders(HeaderParameter.IdempotencyKey, HeaderParameter.Prefer)
            .WithProblems(ProblemTypes.TaskNotEnded, ProblemTypes.TaskOfRun, ProblemTypes.Unprocessable, ProblemTypes.TooManyActions, ProblemTypes.PendingCap);

        group.MapPatch("", PatchAsync)
            .WithName("PatchTask")
            .Needs(KeyVerb.Control)
            .WithSummary("Changes a task that has not started")
            .WithBody<PatchTaskRequest>(BodyLimit.Task)
            .WithProblems(ProblemTypes.TaskStarted);
    }

    private static async Task<Ok<TaskResponse>> CancelAsync(
        string id, HttpContext http, VisibleTasks visible, ITaskOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        errors.ThrowIfAny();

        await visible.RequireAsync(http.Caller(), taskId, cancellationToken);
        return await operations.CancelAsync(taskId, cancellationToken) switch
        {
            CancelResult.Done => TypedResults.Ok((await visible.GetAsync(http.Caller(), taskId, cancellationToken)).ToResponse()),
            CancelResult.AlreadyEnded ended => throw new ProblemException(
                new Problem(ProblemTypes.TaskEnded, $"The task is {ended.State.ToName()}; only a task that has not ended can be cancelled.")),
            _ => throw VisibleTasks.NotFound(taskId),
        };
    }

    private static async Task<Results<Ok<TaskResponse>, Accepted<TaskResponse>, Ok<ExpiredTaskResponse>>> RetryAsync(
        string id, HttpContext http, VisibleTasks visible, ITaskReader tasks, TaskRepetition repetition, SubmissionHandler handler)
    {
        using var body = await JsonBody.ReadOptionalAsync(http);
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var key = IdempotencyHeader.Read(http, body is null ? [] : body.Utf8, errors);
        var input = TaskChangeReader.ReadRetry(body?.Root, errors);

        var ended = await visible.GetAsync(http.Caller(), taskId, http.RequestAborted);
        if (!ended.State.IsTerminal())
        {
            throw new ProblemException(new Problem(ProblemTypes.TaskNotEnded, $"The task is {ended.State.ToName()}; only an ended task can be submitted again."));
        }

        if (ended.RunId is { } run)
        {
            var work = WorkKey.Parse(ended.StepId!);
            throw new ProblemException(new Problem(ProblemTypes.TaskOfRun, work.IsCompensation
                ? $"The task undoes the step '{work.Step}' of the run {run}, and is not done by itself."
                : $"The task is the step '{work.Step}' of a run; {ApiRoutes.Prefix}/runs/{run}/steps/{work.Step}/retry has it done again, if it has failed."));
        }

        input ??= await tasks.FindInputAsync(taskId, http.RequestAborted) ?? throw VisibleTasks.NotFound(taskId);
        return await handler.SubmitAsync(http, ended.Workspace, repetition.Of(ended, input.Value), key, PreferHeader.Wait(http) ?? TimeSpan.Zero);
    }

    private static async Task<Ok<TaskResponse>> PatchAsync(
        string id, HttpContext http, VisibleTasks visible, ITaskOperations operations, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var patch = TaskChangeReader.ReadPatch(body.Root, errors);

        await visible.RequireAsync(http.Caller(), taskId, cancellationToken);
        return await operations.PatchAsync(taskId, patch, cancellationToken) switch
        {
            PatchResult.Patched => TypedResults.Ok((await visible.GetAsync(http.Caller(), taskId, cancellationToken)).ToResponse()),
            PatchResult.AlreadyStarted => throw new ProblemException(
                new Problem(ProblemTypes.TaskStarted, "Only a task that has not started can be changed.")),
            _ => throw VisibleTasks.NotFound(taskId),
        };
    }
}
