using System.Globalization;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Gateway.Api;

/// <summary>Says why tasks were not taken on.</summary>
internal static class SubmissionProblems
{
    private static readonly TimeSpan PendingCapRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TooManyActionsRetryAfter = TimeSpan.FromSeconds(10);

    /// <param name="items">The pointer of the batch's list; empty when the body is the task itself.</param>
    public static ProblemException Of(SubmissionResult result, string workspace, string items) => new(result switch
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
            string.Create(CultureInfo.InvariantCulture, $"The fuse pendingCap lets '{workspace}' have {reached.Cap} {(reached.Delegated ? "delegated tasks" : "tasks")}. Wait until some have ended, cancel some, or raise fuses.pendingCap.{(reached.Delegated ? "delegated" : "total")}."))
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
