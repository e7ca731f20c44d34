using Orchestrator.Contracts.Resources;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Gateway.Responses;

internal static class ResourceMapper
{
    public static ResourceResponse ToResponse(this ResourceRecord resource) => new()
    {
        Name = resource.Name,
        Capacity = (resource.Bounds as ResourceBounds.Bucket)?.Capacity,
        RefillPerSecond = (resource.Bounds as ResourceBounds.Bucket)?.RefillPerSecond,
        Permits = (resource.Bounds as ResourceBounds.Semaphore)?.Permits,
        Available = resource.Available,
        Waiting = resource.Waiting,
        ClosedUntil = resource.ClosedUntil,
        CreatedAt = resource.CreatedAt,
        UpdatedAt = resource.UpdatedAt,
    };
}
