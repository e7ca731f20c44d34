using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Gateway.Api;

internal static class RootEndpoints
{
    /// <summary>The product's version, without the commit behind it.</summary>
    public static readonly string Version =
        typeof(RootEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly ServiceResponse Service = new("Orchestrator", Version, "ok");

    public static void MapRoot(this IEndpointRouteBuilder routes) => routes
        .MapGet("/", Ok<ServiceResponse> () => TypedResults.Ok(Service))
        .WithTags("Health")
        .WithName("GetService")
        .WithSummary("Says what this is, and that it is up");
}
