using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Runtime.Observing;

/// <summary>Which lanes the silos that are there serve, one that is draining as well: another follows it.</summary>
internal sealed class ServedLanes(IReadOnlyList<SiloRecord> silos)
{
    private readonly ILookup<string, SiloAction> _actions = silos
        .SelectMany(static silo => silo.Actions)
        .Where(static action => action.UnavailableReason is null)
        .ToLookup(static action => action.Name, StringComparer.Ordinal);

    /// <summary>Whether one of them has a worker for the action, with every skill that the lane names.</summary>
    public bool Has(string lane) => Find(lane).Any();

    /// <summary>Whether an attempt there is known to cost nothing.</summary>
    public bool IsFree(string lane) => Find(lane).Any(static action => action.MaxCost == 0);

    private IEnumerable<SiloAction> Find(string lane)
    {
        var skills = TaskLane.SkillsOf(lane);
        return _actions[TaskLane.ActionOf(lane)].Where(action => skills.All(skill => action.Skills?.ContainsKey(skill) == true));
    }
}
