using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Api;

internal static class SiloEndpoints
{
    public static void MapSilos(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/silos").WithTags("Cluster");

        group.MapGet("", ListAsync)
            .WithName("ListSilos")
            .WithSummary("Lists the silos with the actions each serves; one that is lost stays in the list for three more lease durations (45 s by default)");

        group.MapPost("/{id}/drain", DrainAsync)
            .WithName("DrainSilo")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Asks a silo to take no more work, finish what it has and stop")
            .WithProblems(ProblemTypes.SiloNotFound);
    }

    private static async Task<Ok<Page<SiloResponse>>> ListAsync(SiloDirectory directory, CancellationToken cancellationToken)
    {
        var silos = await directory.ListAsync(cancellationToken);
        return TypedResults.Ok(new Page<SiloResponse>([.. silos.Select(silo => silo.ToResponse(directory.StateOf(silo)))], null));
    }

    private static async Task<Accepted<DrainResponse>> DrainAsync(string id, ISiloStore silos, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var siloId = PathIds.Uuid(errors, id);
        errors.ThrowIfAny();

        return await silos.RequestDrainAsync(siloId, cancellationToken)
            ? TypedResults.Accepted((string?)null, new DrainResponse(siloId, true))
            : throw new ProblemException(new Problem(ProblemTypes.SiloNotFound, $"There is no silo {siloId}."));
    }
}
