using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Bulk;

namespace Orchestrator.Gateway.Api;

internal static class BulkEndpoints
{
    public static void MapBulk(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/tasks/bulk").WithTags("Tasks");

        group.MapPost("", CreateAsync)
            .WithName("CreateBulkOperation")
            .Needs(KeyVerb.Control)
            .WithSummary("Cancels, submits again or moves many tasks")
            .WithDescription("Answers 202 with the operation and how many tasks it is about; it goes on by itself, also when the gateway that took it is gone. With `dryRun` it only counts.")
            .WithBody<BulkRequest>(BodyLimit.Small)
            .WithProblems(ProblemTypes.Unprocessable);

        group.MapGet("/{id}", GetAsync)
            .WithName("GetBulkOperation")
            .WithSummary("Answers how far an operation on many tasks has come")
            .WithProblems(ProblemTypes.BulkNotFound);
    }

    private static async Task<Accepted<BulkResponse>> CreateAsync(
        HttpContext http, BulkReader reader, IBulkStore bulk, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var wanted = await reader.ReadAsync(body.Root, http.Caller(), cancellationToken);
        var created = await bulk.CreateAsync(wanted, cancellationToken) ?? throw new ProblemException(
            new Problem(ProblemTypes.Unprocessable, "A workspace was deleted a moment ago.").At("/filter/workspace", "is no workspace."));
        return TypedResults.Accepted($"{ApiRoutes.Prefix}/tasks/bulk/{created.Id}", created.ToResponse());
    }

    private static async Task<Ok<BulkResponse>> GetAsync(string id, HttpContext http, IBulkStore bulk, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var operationId = PathIds.Uuid(errors, id);
        errors.ThrowIfAny();
        return await bulk.FindAsync(operationId, cancellationToken) is { } found && http.Caller().Sees(found.Filter.Workspace)
            ? TypedResults.Ok(found.ToResponse())
            : throw new ProblemException(new Problem(ProblemTypes.BulkNotFound, $"There is no operation {operationId}; it never was, or it ended more than a day ago."));
    }
}
