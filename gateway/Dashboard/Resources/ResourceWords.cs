using Orchestrator.Contracts.Resources;
using Orchestrator.Gateway.Dashboard.Shared;

namespace Orchestrator.Gateway.Dashboard.Resources;

/// <summary>What a resource gives, in words.</summary>
internal static class ResourceWords
{
    /// <summary>The most that can be there at a time.</summary>
    public static int Most(ResourceResponse resource) => resource.Permits ?? resource.Capacity!.Value;

    /// <summary>What is drawn of it over time, and beside what.</summary>
    public static string Level(ResourceResponse resource) => resource.Permits is null ? "Tokens left, and the capacity" : "Permits held, and all that there are";

    /// <summary>The same as the chart takes it.</summary>
    public static string Series(ResourceResponse resource) => resource.Permits is null ? "available:Left:good most:Capacity:quiet" : "used:Held:accent most:Permits:quiet";

    public static string Kind(ResourceResponse resource) => resource.Permits is { } permits
        ? $"semaphore of {Human.Counted(permits, "permit")}"
        : $"bucket of {Human.Counted(resource.Capacity!.Value, "token")}, {Human.Number(resource.RefillPerSecond!.Value)} a second";
}
