using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Keys;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Keys;

namespace Orchestrator.Gateway.Api;

internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/keys").WithTags("Keys").Needs(KeyVerb.Admin);

        all.MapPost("", CreateAsync)
            .WithName("CreateKey")
            .WithSummary("Creates a key, which reaches no further than the caller's")
            .WithDescription("The answer holds the key; no other answer ever does. Keys are asked for from then on, if they were not before.")
            .WithMetadata(ForBootstrap.Instance)
            .WithBody<CreateKeyRequest>(BodyLimit.Small)
            .WithProblems(ProblemTypes.KeyExists, ProblemTypes.Unprocessable);

        all.MapGet("", ListAsync)
            .WithName("ListKeys")
            .WithSummary("Lists the keys by name, revoked and expired ones included")
            .WithQuery(QueryParameters.Limit, QueryParameters.Cursor);

        var one = all.MapGroup("/{id}").WithProblems(ProblemTypes.KeyNotFound);

        one.MapGet("", GetAsync)
            .WithName("GetKey")
            .WithSummary("Answers a key, by its id or its name, without its secret");

        one.MapDelete("", RevokeAsync)
            .WithName("RevokeKey")
            .WithSummary("Revokes a key, by its id or its name")
            .WithDescription("It is refused from then on: at this gateway with the answer, at others within a second. What its holders are being answered, streams included, and their sessions end.");
    }

    private static async Task<Created<KeyResponse>> CreateAsync(
        HttpContext http, KeyReader reader, IKeyStore keys, KeyDirectory directory, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var caller = http.Caller();
        var secret = KeySecret.New();
        var wanted = await reader.ReadAsync(body.Root, secret.Id, caller, caller.Credential is null or { IsBootstrap: true }, cancellationToken);
        var bootstrap = caller.Credential is { IsBootstrap: true } token ? token.Id : null;
        switch (await keys.CreateAsync(wanted, secret.Hash(), bootstrap, cancellationToken))
        {
            case KeyCreation.Created created:
                await directory.ForgetAsync(http, cancellationToken);
                return TypedResults.Created($"{ApiRoutes.Prefix}/keys/{wanted.Id}", created.Key.ToResponse(secret));
            case KeyCreation.NameTaken:
                throw new ProblemException(new Problem(ProblemTypes.KeyExists, $"A key has, or had, the name '{wanted.Name}'.").At("/name", "is taken."));
            case KeyCreation.TooMany:
                throw new ProblemException(new Problem(ProblemTypes.Unprocessable, "There are as many keys of this reach as there may be: 500 that name a workspace, 10,000 for all."));
            default:
                throw new ProblemException(new Problem(ProblemTypes.Unauthorized, "The bootstrap token has been used."));
        }
    }

    private static async Task<Ok<Page<KeyResponse>>> ListAsync(HttpContext http, IKeyStore keys, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.NameCursor();
        errors.ThrowIfAny();

        var caller = http.Caller();
        var found = await VisibleLists.PickAsync(
            caller, after, limit + 1, (place, count) => keys.ListAsync(place, count, cancellationToken), static key => key.Name, key => Sees(caller, key));
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<KeyResponse>([.. items.Select(key => key.ToResponse())], found.Count > limit ? Cursor.Encode(items[^1].Name) : null));
    }

    private static async Task<Ok<KeyResponse>> GetAsync(string id, HttpContext http, IKeyStore keys, CancellationToken cancellationToken) =>
        TypedResults.Ok((await RequireAsync(id, http, keys, cancellationToken)).ToResponse());

    private static async Task<NoContent> RevokeAsync(string id, HttpContext http, IKeyStore keys, KeyDirectory directory, CancellationToken cancellationToken)
    {
        var key = await RequireAsync(id, http, keys, cancellationToken);
        await keys.RevokeAsync(key.Id, cancellationToken);
        await directory.ForgetAsync(http, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<KeyRecord> RequireAsync(string id, HttpContext http, IKeyStore keys, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        PathIds.Name(errors, id, "id");
        errors.ThrowIfAny();
        return await keys.FindAsync(id, cancellationToken) is { } found && Sees(http.Caller(), found)
            ? found
            : throw new ProblemException(new Problem(ProblemTypes.KeyNotFound, $"There is no key '{id}'."));
    }

    /// <summary>Those that reach no further than the caller's own.</summary>
    private static bool Sees(CallerContext caller, KeyRecord key) =>
        caller.SeesAll || (key.Scope.Workspaces is { } workspaces && workspaces.All(caller.Sees));
}
