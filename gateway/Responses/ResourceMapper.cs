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

    public static ResourceLevelsResponse ToResponse(this LevelRecord levels) => new()
    {
        BucketSeconds = (int)levels.BucketSize.TotalSeconds,
        From = levels.From,
        To = levels.To,
        Buckets = [.. levels.Samples.Select((sample, place) => new ResourceLevelResponse
        {
            At = levels.From + (levels.BucketSize * place),
            Available = sample?.Available,
            Used = sample?.Most - sample?.Available,
            Most = sample?.Most,
        })],
    };
}
