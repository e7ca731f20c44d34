using Orchestrator.Contracts.Resources;
using Orchestrator.Gateway.Dashboard.Shared;

namespace Orchestrator.Gateway.Dashboard.Resources;

/// <summary>What a resource gives, in words.</summary>
internal static class ResourceWords
{
    /// <summary>The most that can be there at a time.</summary>
    public static int Most(ResourceResponse resource) => resource.Permits ?? resource.Capacity!.Value;

    public static string Kind(ResourceResponse resource) => resource.Permits is { } permits
        ? $"semaphore of {Human.Counted(permits, "permit")}"
        : $"bucket of {Human.Counted(resource.Capacity!.Value, "token")}, {Human.Number(resource.RefillPerSecond!.Value)} a second";
}
