using Orchestrator.Contracts.Cluster;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Responses;

internal static class SiloMapper
{
    public static SiloResponse ToResponse(this SiloRecord silo) => new()
    {
        Id = silo.Id,
        Name = silo.Name,
        Host = silo.Host,
        ProcessId = silo.ProcessId,
        Slots = silo.Slots,
        Busy = silo.Busy,
        Draining = silo.Draining,
        Actions = [.. silo.Actions.Select(action => new SiloActionResponse(action.Name, action.Concurrency, action.UnavailableReason))],
        StartedAt = silo.StartedAt,
        HeartbeatAt = silo.HeartbeatAt,
    };
}
