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

        // What did not end well in a run that has ended, or was undone, is done anew too, since nothing could go on from it.
        var anew = new bool[definition.Steps.Count];
        for (var place = 0; place < anew.Length; place++)
        {
            anew[place] = place == from || earlier.Steps[place].Status switch
            {
                StepStatus.Cancelled => true,
                StepStatus.Failed => !definition.Steps[place].ContinueOnFailure,
                _ => IsUndone(earlier.Steps[place]),
            };
        }

        if (FindUndone(graph, earlier, from) is { } undone)
        {
            return (null, new RunRefusal(false, $"Step '{step}' stands on step '{undone}', which was undone; replay from '{undone}'."));
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

            steps[place] = anew[place] ? new StepState { Id = state.Id } : Copy(state);
        }

        return (new RunState { Steps = steps }, null);
    }

    /// <summary>The step from which a run that cannot go on is to be repeated: the first one undone, or that has not ended well; null for none.</summary>
    public static string? FindStart(IReadOnlyList<StepState> steps) =>
        (steps.Where(IsUndone).MinBy(static step => step.Order) ?? steps.FirstOrDefault(static step => step.Status is not (StepStatus.Completed or StepStatus.Skipped)))?.Id;

    /// <summary>Its outputs are copied with it; the array of its items is made anew where it is needed, and work under way stays where it is.</summary>
    private static StepState Copy(StepState step)
    {
        var items = step.Items is null ? null : ItemStates.CopyOf(step.Items);
        items?.Replace(StepStatus.Running, StepStatus.Cancelled);
        return step with { Order = null, Compensation = null, Items = items, HasKeptItems = false, HasGivenUp = false };
    }

    /// <summary>Whether its compensation has begun, however that ended.</summary>
    private static bool IsUndone(StepState step) => step.Compensation is not (null or StepStatus.Pending);

    /// <summary>The first one undone of what a step needs, directly or by way of others; null for none.</summary>
    private static string? FindUndone(StepGraph graph, RunState earlier, int from)
    {
        var needed = new bool[graph.Needs.Length];
        var ahead = new Stack<int>(graph.Needs[from]);
        while (ahead.TryPop(out var place))
        {
            if (!needed[place])
            {
                needed[place] = true;
                Array.ForEach(graph.Needs[place], ahead.Push);
            }
        }

        // In the order of completion, which is one in which each comes after all that it needs.
        return earlier.Steps.Where((step, place) => needed[place] && IsUndone(step)).MinBy(static step => step.Order)?.Id;
    }
}
