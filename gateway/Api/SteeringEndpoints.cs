using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Gateway.Api;

internal static class SteeringEndpoints
{
    public static void MapSteering(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/tasks/{id}").WithTags("Tasks").WithProblems(ProblemTypes.TaskNotFound);

        group.MapPost("/messages", SendAsync)
            .WithName("SendMessages")
            .Needs(KeyVerb.Control)
            .WithSummary("Says something to a task that has not ended")
            .WithDescription("Its worker reads the messages between its steps, in order, and each is consumed once. A message wakes nothing that waits.")
            .WithBody<SendMessagesRequest>(BodyLimit.Messages)
            .WithHeaders(HeaderParameter.IdempotencyKey)
            .WithProblems(ProblemTypes.TaskEnded, ProblemTypes.TooManyMessages, ProblemTypes.IdempotencyConflict);

        group.MapPost("/approve", DecideAsync)
            .WithName("ApproveTask")
            .Needs(KeyVerb.Control)
            .WithSummary("Decides what a task asks that waits for approval")
            .WithDescription("`abort` fails the task as `rejected`; with every other decision its worker is run again and hears of it. A request is answered once.")
            .WithBody<ApproveTaskRequest>(BodyLimit.Task)
            .WithProblems(ProblemTypes.TaskEnded, ProblemTypes.NotAsked);
    }

    private static async Task<Accepted<MessagesResponse>> SendAsync(
        string id, HttpContext http, VisibleTasks visible, ISteeringOperations steering, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var key = IdempotencyHeader.Read(http, body.Utf8, errors);
        var messages = SteeringReader.ReadMessages(body.Root, errors);

        await visible.RequireAsync(http.Caller(), taskId, cancellationToken);
        return await steering.SendAsync(taskId, messages, key, cancellationToken) switch
        {
            MessageResult.Accepted => TypedResults.Accepted((string?)null, new MessagesResponse(messages.Count)),
            MessageResult.Full full => throw new ProblemException(new Problem(
                ProblemTypes.TooManyMessages,
                $"{full.Unconsumed} messages to the task wait for its worker; at most {TaskLimits.MaxUnconsumedMessages} may, of {TaskLimits.MaxUnconsumedCharacters / (1024 * 1024)} MiB of text together.")),
            MessageResult.IdempotencyConflict => throw new ProblemException(
                new Problem(ProblemTypes.IdempotencyConflict, $"The {IdempotencyHeader.Name} was used in this workspace with another request.")),
            MessageResult.TaskEnded ended => throw Ended(ended.State, "nobody hears what is said to it."),
            _ => throw VisibleTasks.NotFound(taskId),
        };
    }

    private static async Task<Ok<TaskResponse>> DecideAsync(
        string id, HttpContext http, VisibleTasks visible, ISteeringOperations steering, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        var reply = SteeringReader.ReadDecision(body.Root, errors);

        await visible.RequireAsync(http.Caller(), taskId, cancellationToken);
        return await steering.DecideAsync(taskId, reply, cancellationToken) switch
        {
            DecisionResult.Resumed or DecisionResult.Aborted => TypedResults.Ok((await visible.GetAsync(http.Caller(), taskId, cancellationToken)).ToResponse()),
            DecisionResult.NotAsked { Open: { } open } => throw new ProblemException(
                new Problem(ProblemTypes.NotAsked, $"The task asks something else now: its request {open}. Look at it before you decide.")),
            DecisionResult.NotAsked task => throw new ProblemException(
                new Problem(ProblemTypes.NotAsked, $"The task is {task.State.ToName()} and asks nothing now; if it asked before, that was answered or its time limit is over.")),
            DecisionResult.TaskEnded ended => throw Ended(ended.State, "nothing is left to decide."),
            _ => throw VisibleTasks.NotFound(taskId),
        };
    }

    private static ProblemException Ended(TaskState state, string consequence) =>
        new(new Problem(ProblemTypes.TaskEnded, $"The task is {state.ToName()}; {consequence}"));
}
