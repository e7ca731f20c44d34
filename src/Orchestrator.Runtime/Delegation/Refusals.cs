using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Delegation;

/// <summary>Says to the worker why its children were refused.</summary>
internal static class Refusals
{
    public static DelegationException Of(SubmissionResult result) => result switch
    {
        SubmissionResult.InvalidReferences { References: [{ Problem: ReferenceProblem.TooDeep, Limit: { } limit }, ..] } => new(
            ErrorCodes.DepthExceeded,
            string.Create(CultureInfo.InvariantCulture, $"The task is at the greatest delegation depth of its workspace, {limit}, and can have no children.")),
        SubmissionResult.InvalidReferences { References: [var reference, ..] } => new(
            ErrorCodes.InvalidInput,
            string.Create(CultureInfo.InvariantCulture, $"Child {reference.TaskIndex}: one of the tasks that it depends on is no task of this workspace.")),
        SubmissionResult.InvalidResources { Resources: [var need, ..] } => new(ErrorCodes.InvalidInput, need.Most is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"Child {need.TaskIndex}: the resource {need.Name} can never give as much; the most is {most}.")
            : string.Create(CultureInfo.InvariantCulture, $"Child {need.TaskIndex}: there is no resource {need.Name}.")),
        SubmissionResult.DelegationConflict conflict => new(
            ErrorCodes.InvalidInput,
            $"The task has a child of the key '{conflict.Key}' already, with another action or input. What a worker creates must not change between its attempts, or have keys of its own."),
        SubmissionResult.PendingCapReached reached => new(ErrorCodes.ResourceUnavailable, reached.Refusal!),
        SubmissionResult.LargerThanPendingCap larger => new(ErrorCodes.InvalidInput, larger.Refusal!),
        SubmissionResult.TooManyActions => new(
            ErrorCodes.ResourceUnavailable,
            string.Create(CultureInfo.InvariantCulture, $"The workspace has ready tasks of {TaskLimits.MaxReadyActions} different actions.")),
        _ => new(ErrorCodes.Rejected, $"The children were refused: {result.GetType().Name}."),
    };
}
