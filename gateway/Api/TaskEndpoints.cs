using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/workspaces/{ws}/tasks", ListAsync)
            .WithTags("Tasks")
            .WithName("ListTasks")
            .WithSummary("Lists the tasks of a workspace, newest first")
            .WithDescription("Results are left out of the list.")
            .WithQuery(
                QueryParameters.Status,
                QueryParameters.Action,
                QueryParameters.Tag,
                QueryParameters.ParentId,
                QueryParameters.CreatedAfter,
                QueryParameters.Limit,
                QueryParameters.Cursor)
            .WithProblems(ProblemTypes.WorkspaceNotFound);

        api.MapGet("/tasks", ListAllAsync)
            .WithTags("Tasks")
            .WithName("ListAllTasks")
            .WithSummary("Lists the tasks of all workspaces, newest first")
            .WithDescription("Results are left out of the list. Of workspaces that the caller may not see there are no tasks in it.")
            .WithQuery(
                QueryParameters.Status,
                QueryParameters.Action,
                QueryParameters.Tag,
                QueryParameters.ParentId,
                QueryParameters.CreatedAfter,
                QueryParameters.Limit,
                QueryParameters.Cursor);

        var group = api.MapGroup("/tasks/{id}").WithTags("Tasks").WithProblems(ProblemTypes.TaskNotFound);

        group.MapGet("", GetAsync)
            .WithName("GetTask")
            .WithSummary("Answers a task, with its result or error once it has ended")
            .WithQuery(QueryParameters.Wait, QueryParameters.Position);

        group.MapGet("/result", GetResultAsync)
            .WithName("GetTaskResult")
            .WithSummary("Answers the bare result")
            .WithDescription("409 while there is none, and when the task ended without one.")
            .WithQuery(QueryParameters.Wait)
            .Produces<Contracts.Json.RawJson>(StatusCodes.Status200OK, "application/json")
            .WithProblems(ProblemTypes.NoResult);

        group.MapGet("/input", GetInputAsync)
            .WithName("GetTaskInput")
            .WithSummary("Answers the bare input, as it was submitted or changed before the task started")
            .Produces<Contracts.Json.RawJson>(StatusCodes.Status200OK, "application/json");
    }

    private static Task<Ok<Page<TaskResponse>>> ListAsync(string ws, HttpContext http, ITaskReader tasks, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        return ReadPageAsync(PathIds.Workspace(errors, ws), errors, http, tasks, cancellationToken);
    }

    private static Task<Ok<Page<TaskResponse>>> ListAllAsync(HttpContext http, ITaskReader tasks, CancellationToken cancellationToken) =>
        ReadPageAsync(workspace: null, new FieldErrors(), http, tasks, cancellationToken);

    private static async Task<Ok<Page<TaskResponse>>> ReadPageAsync(
        string? workspace, FieldErrors errors, HttpContext http, ITaskReader tasks, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var filter = new TaskQuery(workspace, limit + 1)
        {
            State = query.State(),
            Action = query.Name("action"),
            Tag = query.Tag(),
            ParentId = query.Id("parentId"),
            CreatedAfter = query.Timestamp("createdAfter"),
            Before = query.IdCursor(),
        };
        errors.ThrowIfAny();

        var found = await VisibleLists.ReadAsync(
            http.Caller(),
            workspace,
            async of => await tasks.ListAsync(filter with { Workspace = of }, cancellationToken)
                ?? (workspace is null ? [] : throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."))),
            static (one, other) => other.Id.CompareTo(one.Id));
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<TaskResponse>(
            [.. items.Select(task => task.ToResponse())],
            found.Count > limit ? Cursor.Encode(items[^1].Id) : null));
    }

    private static async Task<Ok<TaskResponse>> GetAsync(
        string id, HttpContext http, VisibleTasks visible, EndWaiter waiter, ITaskReader tasks, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var query = new QueryReader(http, errors);
        var wait = query.Wait();
        var wantsPosition = query.Flag("position");
        errors.ThrowIfAny();

        var task = await WaitAndGetAsync(http, visible, waiter, taskId, wait);
        var position = wantsPosition && task.State == TaskState.Queued
            ? await tasks.FindQueuePositionAsync(taskId, cancellationToken)
            : null;
        return TypedResults.Ok(task.ToResponse(position));
    }

    private static async Task<IResult> GetResultAsync(string id, HttpContext http, VisibleTasks visible, EndWaiter waiter)
    {
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var wait = new QueryReader(http, errors).Wait();
        errors.ThrowIfAny();

        var task = await WaitAndGetAsync(http, visible, waiter, taskId, wait);
        return task is { State: TaskState.Completed, Result: { } result }
            ? TypedResults.Bytes(result, "application/json")
            : throw NoResult(task);
    }

    private static async Task<IResult> GetInputAsync(string id, HttpContext http, VisibleTasks visible, ITaskReader tasks, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        errors.ThrowIfAny();

        await visible.RequireAsync(http.Caller(), taskId, cancellationToken);
        return await tasks.FindInputAsync(taskId, cancellationToken) is { } input
            ? TypedResults.Bytes(input, "application/json")
            : throw VisibleTasks.NotFound(taskId);
    }

    private static async Task<TaskRecord> WaitAndGetAsync(HttpContext http, VisibleTasks visible, EndWaiter waiter, Guid id, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
        {
            await visible.RequireAsync(http.Caller(), id, http.RequestAborted);
            await waiter.WaitForTaskAsync(id, wait, http.RequestAborted);
        }

        return await visible.GetAsync(http.Caller(), id, http.RequestAborted);
    }

    private static ProblemException NoResult(TaskRecord task) => new(new Problem(
        ProblemTypes.NoResult,
        string.Create(CultureInfo.InvariantCulture, $"The task is {task.State.ToName()}{(task.Error is { } error ? $": {error.Code}, {error.Message}" : ".")}")));
}
