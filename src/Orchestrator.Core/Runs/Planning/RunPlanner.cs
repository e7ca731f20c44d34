using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What a run does next. Pure: the same definition, state, events and context make the same plan.</summary>
public static class RunPlanner
{
    /// <summary>The state of a run that has not begun.</summary>
    public static RunState NewState(RunDefinition definition) =>
        new() { Steps = [.. definition.Steps.Select(step => new StepState { Id = step.Id })] };

    /// <summary>
    /// The state of a new run that repeats another one from a step on: that step and all that need it are still to be done, and so are
    /// those that failed or were cancelled there; the others stand as they ended. Answers a refusal where one of them is still under way, or
    /// there is no such step.
    /// </summary>
    public static (RunState? State, RunRefusal? Refusal) Replay(RunDefinition definition, RunState earlier, string step) =>
        RunReplay.Make(definition, earlier, step);

    /// <summary>
    /// Ends a run that is started as failed, whatever its state and without asking its definition: what is under way is given up, nothing is
    /// undone, and nobody starts it again.
    /// </summary>
    public static RunPlan Break(RunState state, TaskError error, DateTimeOffset now) => RunBreakage.Make(state, error, now);

    /// <summary>Carries events on as far as they go.</summary>
    /// <remarks>
    /// It does not matter whether events come in one plan or in several: what one plan answers as its state, the next one takes. A start that
    /// ends or is deferred may be told at once, to the state of the plan that starts it.
    /// </remarks>
    public static RunPlan Advance(RunDefinition definition, RunState state, IReadOnlyList<RunEvent> events, RunContext context) =>
        new RunProgress(definition, state, context).Advance(events);
}
