using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Who needs whom among the steps of a definition, by their places in it.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, int> _places;

    public StepGraph(IReadOnlyList<StepDefinition> steps)
    {
        Steps = steps;
        _places = new Dictionary<string, int>(steps.Count, StringComparer.Ordinal);
        for (var place = 0; place < steps.Count; place++)
        {
            _places[steps[place].Id] = place;
        }

        Needs = new int[steps.Count][];
        IsNeeded = new bool[steps.Count];
        for (var place = 0; place < steps.Count; place++)
        {
            Needs[place] = steps[place].Needs.Count == 0 ? [] : [.. steps[place].Needs.Select(Find).Where(need => need >= 0)];
            foreach (var need in Needs[place])
            {
                IsNeeded[need] = true;
            }
        }
    }

    public IReadOnlyList<StepDefinition> Steps { get; }

    public int[][] Needs { get; }

    /// <summary>Whether another step needs it.</summary>
    public bool[] IsNeeded { get; }

    /// <summary>The place of a step; -1 where there is none.</summary>
    public int Find(string step) => _places.GetValueOrDefault(step, -1);

    /// <summary>Marks all that need a marked step, directly or by way of others.</summary>
    public void SpreadToDependents(bool[] marked)
    {
        var grew = true;
        while (grew)
        {
            grew = false;
            for (var place = 0; place < Needs.Length; place++)
            {
                if (!marked[place] && Needs[place].Any(need => marked[need]))
                {
                    grew = marked[place] = true;
                }
            }
        }
    }
}
