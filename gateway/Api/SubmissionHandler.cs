using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>Stores what was submitted and answers it: 202, or 200 when the caller waited and the task has ended.</summary>
internal sealed class SubmissionHandler(ITaskSubmitter submitter, VisibleTasks tasks, TaskWaiter waiter)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    private static readonly TimeSpan PendingCapRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TooManyActionsRetryAfter = TimeSpan.FromSeconds(10);

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
                throw Refuse(result, workspace, JsonPointer.Root);
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
                throw Refuse(result, workspace, "/tasks");
        }
    }

    private async Task<TaskRecord?> WaitAsync(HttpContext http, Guid id, TimeSpan wait)
    {
        await waiter.WaitAsync(id, wait, http.RequestAborted);
        return await tasks.FindAsync(http.Caller(), id, http.RequestAborted);
    }

    private static Results<Ok<TaskResponse>, Accepted<TaskResponse>, Ok<ExpiredTaskResponse>> Answer(TaskRecord task)
    {
        var response = task.ToResponse();
        return task.State.IsTerminal() ? TypedResults.Ok(response) : Accepted(response);
    }

    private static Accepted<TaskResponse> Accepted(TaskResponse task) => TypedResults.Accepted(task.Links.Self, task);

    private static ProblemException Refuse(SubmissionResult result, string workspace, string items) => new(result switch
    {
        SubmissionResult.WorkspaceNotFound => new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."),
        SubmissionResult.IdempotencyConflict => new Problem(ProblemTypes.IdempotencyConflict, "The key belongs to a request with another path or body; take a new key for a new request.")
            .At($"/{IdempotencyHeader.Name}", "was used with another request."),
        SubmissionResult.TooManyActions => new Problem(ProblemTypes.TooManyActions, $"A workspace may have ready tasks of {TaskLimits.MaxReadyActions} different actions at the same time.")
        {
            RetryAfter = TooManyActionsRetryAfter,
        },
        SubmissionResult.PendingCapReached reached => new Problem(
            ProblemTypes.PendingCap,
            string.Create(CultureInfo.InvariantCulture, $"The fuse pendingCap lets a workspace have {reached.Cap} {(reached.Delegated ? "delegated " : "")}tasks that wait or run."))
        {
            Fuse = Fuse.PendingCap.ToName(),
            RetryAfter = PendingCapRetryAfter,
        },
        SubmissionResult.LargerThanPendingCap larger => TooLarge(larger, items),
        SubmissionResult.InvalidReferences invalid => References(invalid, items),
        SubmissionResult.InvalidResources invalid => Resources(invalid, items),
        _ => throw new InvalidOperationException($"A submission was answered with {result.GetType().Name}."),
    });

    private static Problem TooLarge(SubmissionResult.LargerThanPendingCap larger, string items)
    {
        var errors = new FieldErrors();
        errors.Unprocessable(items, string.Create(
            CultureInfo.InvariantCulture,
            $"is more than ever fits: the fuse pendingCap lets the workspace have {larger.Cap} {(larger.Delegated ? "delegated " : "")}tasks that wait or run."));
        return errors.ToProblem();
    }

    /// <param name="items">The pointer of the batch's list; empty when the body is the task itself.</param>
    private static Problem References(SubmissionResult.InvalidReferences invalid, string items)
    {
        var errors = new FieldErrors();
        foreach (var reference in invalid.References)
        {
            var task = items.Length == 0 ? JsonPointer.Root : JsonPointer.Append(items, reference.TaskIndex);
            var pointer = reference.DependencyIndex is { } index
                ? JsonPointer.Append(JsonPointer.Append(task, "dependsOn"), index)
                : JsonPointer.Append(task, "parentId");
            errors.Unprocessable(pointer, reference.Problem switch
            {
                ReferenceProblem.NotFound => "is no task of this workspace.",
                ReferenceProblem.ParentEnded => "has ended and can have no more children.",
                ReferenceProblem.TooDeep => string.Create(CultureInfo.InvariantCulture, $"is at the greatest delegation depth of the workspace, {reference.Limit}, and can have no children."),
                _ => "cannot be used.",
            });
        }

        return errors.ToProblem();
    }

    /// <param name="items">The pointer of the batch's list; empty when the body is the task itself.</param>
    private static Problem Resources(SubmissionResult.InvalidResources invalid, string items)
    {
        var errors = new FieldErrors();
        foreach (var need in invalid.Resources)
        {
            var task = items.Length == 0 ? JsonPointer.Root : JsonPointer.Append(items, need.TaskIndex);
            errors.Unprocessable(
                JsonPointer.Append(JsonPointer.Append(task, "resources"), need.Name),
                need.Most is { } most
                    ? string.Create(CultureInfo.InvariantCulture, $"can never give as much: the most that a task can get is {most}.")
                    : "is no resource; PUT /resources/{name} makes one.");
        }

        return errors.ToProblem();
    }
}
