using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>Stores what was submitted and answers it: 202, or 200 when the caller waited and the task has ended.</summary>
internal sealed class SubmissionHandler(ITaskSubmitter submitter, VisibleTasks tasks, EndWaiter waiter)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    public async Task<Results<Ok<TaskResponse>, Accepted<TaskResponse>, Ok<ExpiredTaskResponse>>> SubmitAsync(
        HttpContext http, string workspace, NewTask task, IdempotencyKey? key, TimeSpan wait)
    {
        var result = await submitter.SubmitAsync(new Submission(workspace, [task], key), http.RequestAborted);
        switch (result)
        {
            case SubmissionResult.Accepted accepted when wait <= TimeSpan.Zero:
                return Accepted(accepted.Tasks[0].ToResponse(task, workspace));
            case SubmissionResult.Accepted accepted:
                return await WaitAsync(http, accepted.Tasks[0].Id, wait) is { } record
                    ? Answer(record)
                    : Accepted(accepted.Tasks[0].ToResponse(task, workspace));
            case SubmissionResult.Replayed replayed:
                http.Response.Headers[ReplayedHeader] = "true";
                return await WaitAsync(http, replayed.TaskIds[0], wait) is { } earlier
                    ? Answer(earlier)
                    : TypedResults.Ok(new ExpiredTaskResponse(replayed.TaskIds[0]));
            default:
                throw SubmissionProblems.Of(result, workspace, JsonPointer.Root);
        }
    }

    public async Task<Accepted<BatchResponse>> SubmitBatchAsync(
        HttpContext http, string workspace, IReadOnlyList<NewTask> batch, IdempotencyKey? key)
    {
        var result = await submitter.SubmitAsync(new Submission(workspace, batch, key), http.RequestAborted);
        switch (result)
        {
            case SubmissionResult.Accepted accepted:
                return TypedResults.Accepted((string?)null, new BatchResponse([.. accepted.Tasks.Select(task => task.Id)]));
            case SubmissionResult.Replayed replayed:
                http.Response.Headers[ReplayedHeader] = "true";
                return TypedResults.Accepted((string?)null, new BatchResponse(replayed.TaskIds));
            default:
                throw SubmissionProblems.Of(result, workspace, "/tasks");
        }
    }

    private async Task<TaskRecord?> WaitAsync(HttpContext http, Guid id, TimeSpan wait)
    {
        await waiter.WaitForTaskAsync(id, wait, http.RequestAborted);
        return await tasks.FindAsync(http.Caller(), id, http.RequestAborted);
    }

    private static Results<Ok<TaskResponse>, Accepted<TaskResponse>, Ok<ExpiredTaskResponse>> Answer(TaskRecord task)
    {
        var response = task.ToResponse();
        return task.State.IsTerminal() ? TypedResults.Ok(response) : Accepted(response);
    }

    private static Accepted<TaskResponse> Accepted(TaskResponse task) => TypedResults.Accepted(task.Links.Self, task);
}
