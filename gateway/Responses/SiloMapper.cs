using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Api;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Responses;

internal static class SiloMapper
{
    public static SiloResponse ToResponse(this SiloRecord silo, SiloState state) => new()
    {
        Id = silo.Id,
        Name = silo.Name,
        Host = silo.Host,
        ProcessId = silo.ProcessId,
        Slots = silo.Slots,
        Busy = silo.Busy,
        State = state switch
        {
            SiloState.Active => "active",
            SiloState.Draining => "draining",
            SiloState.Lost => "lost",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        },
        Draining = silo.Draining,
        Actions = [.. silo.Actions.Select(action => new SiloActionResponse(action.Name, action.Concurrency, action.UnavailableReason) { Skills = action.Skills })],
        StartedAt = silo.StartedAt,
        HeartbeatAt = silo.HeartbeatAt,
    };
}
