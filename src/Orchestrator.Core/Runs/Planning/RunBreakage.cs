using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>The end of a run that cannot be carried on.</summary>
internal static class RunBreakage
{
    public static RunPlan Make(RunState state, TaskError error, DateTimeOffset now)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        List<RunEffect> effects = [.. state.FindInFlight().Select(static key => new RunEffect.Cancel(key))];
        foreach (var step in state.Steps.Where(static step => step.Status is StepStatus.Running or StepStatus.Waiting))
        {
            effects.Add(new RunEffect.Tell(RunEventTypes.StepCancelled, step.Id, null, null));
        }

        effects.Add(new RunEffect.Tell(RunEventTypes.RunFailed, null, null, RunEventData.Error(error)));
        return new RunPlan
        {
            State = state with
            {
                Status = RunStatus.Failed,
                HasBegun = true,
                IsCompensating = false,
                IsAborting = false,
                IsBroken = true,
                HeldUntil = null,
                Error = error,
                Steps = [.. state.Steps.Select(step => End(step, at))],
            },
            Effects = effects,
        };
    }

    private static StepState End(StepState step, DateTimeOffset at) => step with
    {
        Status = step.HasEnded ? step.Status : StepStatus.Cancelled,
        EndedAt = step.HasEnded ? step.EndedAt : at,
        ExpiresAt = null,
        Items = step.Items is null ? null : End(step.Items),
        HasGivenUp = false,
        Compensation = step.Compensation is StepStatus.Running ? StepStatus.Cancelled : step.Compensation,
    };

    private static ItemStates End(IReadOnlyList<StepStatus> items)
    {
        var ended = ItemStates.CopyOf(items);
        ended.Replace(StepStatus.Running, StepStatus.Cancelled);
        ended.Replace(StepStatus.Pending, StepStatus.Cancelled);
        return ended;
    }
}
