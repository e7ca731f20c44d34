using Orchestrator.Contracts.Tasks;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Why;

/// <summary>Whether a silo can take a task.</summary>
/// <param name="Refusal">Why it cannot take any of its action, whatever its load; null when it can.</param>
/// <param name="Lacking">The skills that the task needs and its worker does not declare.</param>
/// <param name="IsFull">Whether all its slots are taken.</param>
/// <param name="CostsNothing">Whether an attempt there is known to cost nothing.</param>
internal sealed record Capability(Guid Id, string Name, string? Refusal, IReadOnlyList<string> Lacking, bool IsFull, bool CostsNothing)
{
    public bool IsAble => Refusal is null && Lacking.Count == 0;

    public static IReadOnlyList<Capability> Of(TaskSituation situation) => [.. situation.Silos.Select(silo => Of(silo, situation.Task))];

    public WhySilo ToWhySilo() => new(Id, Name, Refusal ?? (Lacking.Count > 0 ? $"lacks {string.Join(", ", Lacking)}" : IsFull ? "all its slots are taken" : null));

    private static Capability Of(SiloRecord silo, TaskRecord task)
    {
        var served = silo.Actions.FirstOrDefault(candidate => candidate.Name == task.Action);
        var refusal = served is null ? "has no worker for it" : served.UnavailableReason ?? (silo.Draining ? "is draining" : null);
        return new Capability(silo.Id, silo.Name, refusal, [.. task.Skills.Where(skill => served?.Skills?.ContainsKey(skill) != true)], silo.Busy >= silo.Slots, served?.MaxCost == 0);
    }
}
