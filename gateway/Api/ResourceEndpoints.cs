using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Resources;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Gateway.Api;

internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/resources").WithTags("Resources");

        all.MapGet("", ListAsync)
            .WithName("ListResources")
            .WithSummary("Lists the resources by name")
            .WithQuery(QueryParameters.Limit, QueryParameters.Cursor);

        all.MapGet("/{name}", GetAsync)
            .WithName("GetResource")
            .WithSummary("Answers a resource: what it gives, what is left of it, and who waits")
            .WithProblems(ProblemTypes.ResourceNotFound);

        all.MapGet("/{name}/levels", GetLevelsAsync)
            .WithName("GetResourceLevels")
            .WithSummary("Answers what there was of a resource lately, in buckets of time")
            .WithDescription("Somebody looks once a bucket of the timeline, early in it.")
            .WithQuery(QueryParameters.DurationSeconds)
            .WithProblems(ProblemTypes.ResourceNotFound);

        all.MapPut("/{name}", PutAsync)
            .WithName("PutResource")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Creates a resource, or changes what it gives, at once and for the whole cluster")
            .WithDescription("A bucket has `capacity` and `refillPerSecond`, a semaphore `permits`. A new bucket is full; one that is changed keeps what it holds as far as that fits. A bucket can become a semaphore and a semaphore a bucket, which is then full. Lowering takes nothing away from attempts that run. A resource cannot be deleted.")
            .WithBody<PutResourceRequest>(BodyLimit.Small);
    }

    private static async Task<Ok<Page<ResourceResponse>>> ListAsync(
        HttpContext http, IResourceStore resources, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.NameCursor();
        errors.ThrowIfAny();

        var found = await resources.ListAsync(after, limit + 1, cancellationToken);
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<ResourceResponse>(
            [.. items.Select(resource => resource.ToResponse())],
            found.Count > limit ? Cursor.Encode(items[^1].Name) : null));
    }

    private static async Task<Ok<ResourceResponse>> GetAsync(string name, IResourceStore resources, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        PathIds.Name(errors, name, "name");
        errors.ThrowIfAny();

        var resource = await resources.FindAsync(name, cancellationToken);
        return TypedResults.Ok((resource ?? throw NotFound(name)).ToResponse());
    }

    private static async Task<Ok<ResourceLevelsResponse>> GetLevelsAsync(
        string name, HttpContext http, ILevelStore levels, IOptions<TimelineOptions> options, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        PathIds.Name(errors, name, "name");
        var duration = new QueryReader(http, errors).TimelineDuration(options.Value);
        errors.ThrowIfAny();

        var found = await levels.ReadAsync(name, options.Value.Bucket, duration, cancellationToken);
        return TypedResults.Ok((found ?? throw NotFound(name)).ToResponse());
    }

    private static async Task<Results<Ok<ResourceResponse>, Created<ResourceResponse>>> PutAsync(
        string name, HttpContext http, IResourceOperations operations, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        PathIds.Name(errors, name, "name");
        var bounds = ResourceReader.Read(body.Root, errors);
        var (resource, isNew) = await operations.PutAsync(name, bounds, cancellationToken);
        return isNew
            ? TypedResults.Created($"{ApiRoutes.Prefix}/resources/{name}", resource.ToResponse())
            : TypedResults.Ok(resource.ToResponse());
    }

    private static ProblemException NotFound(string name) => new(new Problem(ProblemTypes.ResourceNotFound, $"There is no resource '{name}'."));
}
