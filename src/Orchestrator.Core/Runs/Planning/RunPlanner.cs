using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What a run does next. Pure: the same definition, state, events and context make the same plan.</summary>
public static class RunPlanner
{
    /// <summary>The state of a run that has not begun.</summary>
    public static RunState NewState(RunDefinition definition) => throw new NotImplementedException();

    /// <summary>
    /// The state of a new run that repeats another one from a step on: that step and all that need it are still to be done, the others
    /// stand as they ended there. Answers a refusal where they have not ended, or there is no such step.
    /// </summary>
    public static (RunState? State, RunRefusal? Refusal) Replay(RunDefinition definition, RunState earlier, string step) => throw new NotImplementedException();

    /// <summary>Carries events on as far as they go.</summary>
    public static RunPlan Advance(RunDefinition definition, RunState state, IReadOnlyList<RunEvent> events, RunContext context) => throw new NotImplementedException();
}
