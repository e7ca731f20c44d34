using Orchestrator.Contracts.Tasks;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Why;

/// <summary>Whether a silo can take a task of some action.</summary>
/// <param name="Refusal">Why it cannot, whatever its load; null when it can.</param>
/// <param name="IsFull">Whether all its slots are taken.</param>
internal sealed record Capability(Guid Id, string Name, string? Refusal, bool IsFull)
{
    public static IReadOnlyList<Capability> Of(TaskSituation situation) =>
        [.. situation.Silos.Select(silo => new Capability(silo.Id, silo.Name, Refuse(silo, situation.Task.Action), silo.Busy >= silo.Slots))];

    public WhySilo ToWhySilo() => new(Id, Name, Refusal ?? (IsFull ? "all its slots are taken" : null));

    private static string? Refuse(SiloRecord silo, string action)
    {
        var served = silo.Actions.FirstOrDefault(candidate => candidate.Name == action);
        return served is null ? "has no worker for it" : served.UnavailableReason ?? (silo.Draining ? "is draining" : null);
    }
}
