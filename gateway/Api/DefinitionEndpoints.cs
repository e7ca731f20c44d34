using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Definitions;
using Orchestrator.Contracts.Json;
using Orchestrator.Core.Keys;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

internal static class DefinitionEndpoints
{
    private const string SchemaMediaType = "application/schema+json";

    public static void MapDefinitions(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/definitions").WithTags("Runs");

        all.MapPost("", PublishAsync)
            .WithName("PublishDefinition")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Publishes a definition of runs, for all workspaces")
            .WithDescription("The body is the definition itself, in JSON or YAML, as `GET /definitions/schema` describes it. It is checked as a whole: `errors` names every mistake, with line and column. Once published it never changes; the same document again answers 200, another one under the same owner, name and version 409. `warnings` names the steps whose action nobody serves at the moment.")
            .Accepts<RawJson>(DefinitionBody.MediaTypes[0], [DefinitionBody.MediaTypes[1], "*/*"])
            .WithMetadata(new BodyLimit(BodyLimit.Definition))
            .WithQuery(QueryParameters.DryRun)
            .WithProblems(ProblemTypes.TooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.DefinitionExists, ProblemTypes.Unprocessable);

        all.MapGet("", ListAsync)
            .WithName("ListDefinitions")
            .WithSummary("Lists definitions by owner, name and time of publication")
            .WithDescription("The documents are left out of the list.")
            .WithQuery(QueryParameters.Owner, QueryParameters.Name, QueryParameters.Limit, QueryParameters.Cursor);

        all.MapGet("/schema", static () => TypedResults.Bytes(DefinitionSchema.Utf8, SchemaMediaType))
            .WithName("GetDefinitionSchema")
            .WithSummary("Answers the JSON Schema of definitions, with which editors help")
            .WithDescription("Draft 2020-12. It says what a document may hold; whether its steps and expressions hang together is said when it is published or checked.")
            .Produces<RawJson>(StatusCodes.Status200OK, SchemaMediaType);

        api.MapGet("/definitions/{owner}/{name}", GetAsync)
            .WithTags("Runs")
            .WithName("GetDefinition")
            .WithSummary("Answers a definition, as JSON and as it was sent")
            .WithQuery(QueryParameters.Version)
            .WithProblems(ProblemTypes.DefinitionNotFound);
    }

    private static async Task<Results<Ok<DefinitionResponse>, Created<DefinitionResponse>>> PublishAsync(
        HttpContext http, IDefinitionOperations definitions, DefinitionWarnings warnings, CancellationToken cancellationToken)
    {
        var text = await DefinitionBody.ReadAsync(http);
        var errors = new FieldErrors();
        var dryRun = new QueryReader(http, errors).Flag("dryRun");
        errors.ThrowIfAny();

        var outcome = dryRun ? await definitions.CheckAsync(text, cancellationToken) : await definitions.PublishAsync(text, cancellationToken);
        return outcome switch
        {
            PublishOutcome.Published { Definition: var published } => TypedResults.Created(PathOf(published.Name), await WarnAsync(published.ToResponse(), published.Document)),
            PublishOutcome.Unchanged { Definition: var unchanged } => TypedResults.Ok(await WarnAsync(unchanged.ToResponse(), unchanged.Document)),
            PublishOutcome.Checked found => TypedResults.Ok(await WarnAsync(found.ToResponse(text), found.Document)),
            PublishOutcome.Invalid invalid => throw Invalid(invalid.Problems),
            PublishOutcome.Differs { Name: var name } => throw new ProblemException(
                new Problem(ProblemTypes.DefinitionExists, $"Another document is published as {name}, and what is published never changes; publish this one under another version.")
                    .At("/version", "is published already, with another document.")),
            _ => throw new ProblemException(new Problem(
                ProblemTypes.Unprocessable,
                string.Create(CultureInfo.InvariantCulture, $"There are {RunLimits.MaxDefinitions} definitions, as many as there may be."))),
        };

        async Task<DefinitionResponse> WarnAsync(DefinitionResponse response, ReadOnlyMemory<byte> document) =>
            response with { Warnings = await warnings.FindAsync(document, cancellationToken) };
    }

    private static async Task<Ok<Page<DefinitionResponse>>> ListAsync(HttpContext http, IDefinitionStore definitions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var (owner, name, after) = (query.Name("owner"), query.Name("name"), query.KeyCursor());
        errors.ThrowIfAny();

        var found = await definitions.ListAsync(owner, name, after, limit + 1, cancellationToken);
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<DefinitionResponse>(
            [.. items.Select(definition => definition.ToListEntry())],
            found.Count > limit ? Cursor.Encode(items[^1].Key.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static async Task<Ok<DefinitionResponse>> GetAsync(
        string owner, string name, HttpContext http, IDefinitionStore definitions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        PathIds.Name(errors, owner, "owner");
        PathIds.Name(errors, name, "name");
        var version = new QueryReader(http, errors).Version();
        errors.ThrowIfAny();

        return TypedResults.Ok((await definitions.FindAsync(owner, name, version, cancellationToken) ?? throw NotFound(owner, name, version)).ToResponse());
    }

    public static ProblemException NotFound(string owner, string name, string? version) =>
        new(new Problem(ProblemTypes.DefinitionNotFound, $"No definition {owner}/{name}{(version is null ? "" : $"@{version}")} is published."));

    private static string PathOf(DefinitionName name) => $"{ApiRoutes.Prefix}/definitions/{name.Owner}/{name.Name}?version={name.Version}";

    private static ProblemException Invalid(IReadOnlyList<DefinitionProblem> problems)
    {
        var errors = new FieldErrors();
        foreach (var problem in problems)
        {
            errors.Malformed(problem.Path, string.Create(CultureInfo.InvariantCulture, $"line {problem.Line}, column {problem.Column}: {problem.Message}"));
        }

        return new ProblemException(errors.ToProblem());
    }
}
