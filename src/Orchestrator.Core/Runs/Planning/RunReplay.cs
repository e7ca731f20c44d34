using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>The state of a run that repeats another one.</summary>
internal static class RunReplay
{
    public static (RunState? State, RunRefusal? Refusal) Make(RunDefinition definition, RunState earlier, string step)
    {
        var graph = new StepGraph(definition.Steps);
        var from = graph.Find(step);
        if (from < 0)
        {
            return (null, new RunRefusal(true, $"The run has no step '{step}'."));
        }

        // What did not end well in a run that has ended is done anew too, since nothing could go on from it.
        var anew = new bool[definition.Steps.Count];
        for (var place = 0; place < anew.Length; place++)
        {
            anew[place] = place == from || earlier.Steps[place].Status switch
            {
                StepStatus.Cancelled => true,
                StepStatus.Failed => !definition.Steps[place].ContinueOnFailure,
                _ => false,
            };
        }

        graph.SpreadToDependents(anew);
        var steps = new StepState[anew.Length];
        for (var place = 0; place < anew.Length; place++)
        {
            var state = earlier.Steps[place];
            if (!anew[place] && !state.HasEnded)
            {
                return (null, new RunRefusal(false, $"Step '{state.Id}' is {state.Status.ToString().ToLowerInvariant()}, and is not to be done again."));
            }

            steps[place] = anew[place] ? new StepState { Id = state.Id } : state with { Order = null, Compensation = null };
        }

        return (new RunState { Steps = steps }, null);
    }
}
