namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>How the steps of a definition hang together.</summary>
internal sealed class StepGraph
{
    private readonly IReadOnlyList<StepDraft> _steps;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);

    public StepGraph(IReadOnlyList<StepDraft> steps, ProblemList problems)
    {
        _steps = steps;
        _problems = problems;
        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index].Id.Length > 0 && !_byId.TryAdd(steps[index].Id, index))
            {
                var node = steps[index].Node.Find("id")?.Value ?? steps[index].Node;
                var first = steps[_byId[steps[index].Id]].Node.Place;
                problems.Add($"{steps[index].Path}/id", node.Place, $"is the id of the step at line {first.Line} too; give one of them another.");
            }
        }
    }

    /// <summary>The steps with all that they need.</summary>
    public IReadOnlyList<StepDefinition> Connect()
    {
        var edges = _steps.Select(FindNeeds).ToList();
        foreach (var circle in StepCircles.Find([.. edges.Select(needs => needs.Keys.ToList())]))
        {
            if (_problems.IsFull)
            {
                break;
            }

            TellCircle(circle, edges);
        }

        return [.. _steps.Select((step, index) => step.Definition with { Needs = [.. edges[index].Values.Select(reference => reference.Step)] })];
    }

    /// <summary>Tells of what the output of the run reads and there is not.</summary>
    public void CheckOutput(IEnumerable<StepReference> references)
    {
        foreach (var reference in references.Where(reference => !_byId.ContainsKey(reference.Step)))
        {
            TellUnknown(reference);
        }
    }

    /// <summary>The steps that a step needs, each with the first place where it says so.</summary>
    private OrderedDictionary<int, StepReference> FindNeeds(StepDraft step)
    {
        var needs = new OrderedDictionary<int, StepReference>();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in step.References)
        {
            if (reference.Step == step.Id)
            {
                _problems.Add(reference.Path, reference.Node.Place, "is the step itself, which cannot wait for its own end; take it away.");
            }
            else if (_byId.TryGetValue(reference.Step, out var needed))
            {
                needs.TryAdd(needed, reference);
            }
            else if (unknown.Add(reference.Step))
            {
                TellUnknown(reference);
            }
        }

        if (needs.Count > RunLimits.MaxNeeds)
        {
            _problems.Add(step.Path, step.Node.Place, $"needs {needs.Count} steps with those that its expressions read; at most {RunLimits.MaxNeeds} are taken.");
        }

        return needs;
    }

    private void TellUnknown(StepReference reference)
    {
        if (!_problems.IsFull)
        {
            var (path, place) = reference.Locate();
            var verb = reference.IsRead ? $"reads the step '{reference.Step}', which there is not" : $"is no step of this definition: '{reference.Step}'";
            var ask = Suggestion.Ask(reference.Step, _byId.Keys);
            _problems.Add(path, place, ask.Length > 0 ? verb + ask : verb + ".");
        }
    }

    private void TellCircle(IReadOnlyList<int> circle, List<OrderedDictionary<int, StepReference>> edges)
    {
        // It is told at the step that comes first in the document.
        var start = circle.Index().MinBy(member => member.Item).Index;
        var members = circle.Skip(start).Concat(circle.Take(start)).ToList();
        var (path, place) = edges[members[0]][members[1 % members.Count]].Locate();
        var chain = string.Join(" → ", members.Append(members[0]).Select(member => _steps[member].Id));
        _problems.Add(path, place, $"closes a circle, in which each step needs the next: {chain}. None of them can ever begin{Behind(members, edges)}; take one of these needs away.");
    }

    /// <summary>The steps that could not begin either, as they need one of these.</summary>
    private string Behind(List<int> circle, List<OrderedDictionary<int, StepReference>> edges)
    {
        var stuck = circle.ToHashSet();
        for (var before = 0; before < stuck.Count;)
        {
            before = stuck.Count;
            stuck.UnionWith(Enumerable.Range(0, edges.Count).Where(step => edges[step].Keys.Any(stuck.Contains)));
        }

        var others = stuck.Except(circle).Order().Select(step => $"'{_steps[step].Id}'").ToList();
        return others.Count switch
        {
            0 => "",
            <= 5 => $", nor can {Listing.Of(others)}",
            _ => $", nor can {Listing.Of([.. others.Take(5), $"{others.Count - 5} more"])}",
        };
    }
}
