using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/webhooks").WithTags("Webhooks");

        all.MapPost("", CreateAsync)
            .WithName("CreateWebhook")
            .Needs(KeyVerb.Admin)
            .WithSummary("Creates a webhook, which is sent events of a workspace or of all")
            .WithDescription("The answer holds the secret that requests are signed with; no other answer ever does.")
            .WithBody<CreateWebhookRequest>(BodyLimit.Small)
            .WithProblems(ProblemTypes.Unprocessable);

        all.MapGet("", ListAsync)
            .WithName("ListWebhooks")
            .Needs(KeyVerb.Admin)
            .WithSummary("Lists the webhooks by id")
            .WithQuery(QueryParameters.OfWorkspace, QueryParameters.Limit, QueryParameters.Cursor)
            .WithProblems(ProblemTypes.WorkspaceNotFound);

        var one = api.MapGroup("/webhooks/{id}").WithTags("Webhooks").WithProblems(ProblemTypes.WebhookNotFound);

        one.MapGet("", GetAsync)
            .WithName("GetWebhook")
            .Needs(KeyVerb.Admin)
            .WithSummary("Answers a webhook");

        one.MapPatch("", PatchAsync)
            .WithName("PatchWebhook")
            .Needs(KeyVerb.Admin)
            .WithSummary("Changes, disables or enables a webhook, or replaces its secret")
            .WithBody<PatchWebhookRequest>(BodyLimit.Small)
            .WithProblems(ProblemTypes.Unprocessable);

        one.MapDelete("", DeleteAsync)
            .WithName("DeleteWebhook")
            .Needs(KeyVerb.Admin)
            .WithSummary("Deletes a webhook and its deliveries, sent or not");

        one.MapDeliveries();
    }

    /// <summary>The webhook, if the caller may see it.</summary>
    public static async Task<WebhookRecord> RequireAsync(string id, HttpContext http, IWebhookStore webhooks, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var key = PathIds.Uuid(errors, id);
        errors.ThrowIfAny();
        return await webhooks.FindAsync(key, cancellationToken) is { } found && Sees(http.Caller(), found) ? found : throw NotFound(id);
    }

    private static async Task<Created<WebhookResponse>> CreateAsync(
        HttpContext http, WebhookReader reader, IWebhookStore webhooks, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var (wanted, secret) = await reader.ReadNewAsync(body.Root, http.Caller(), cancellationToken);
        return await webhooks.CreateAsync(wanted, secret, cancellationToken) switch
        {
            WebhookCreation.Created created => TypedResults.Created($"{ApiRoutes.Prefix}/webhooks/{wanted.Id}", created.Webhook.ToResponse(secret)),
            WebhookCreation.TooMany => throw new ProblemException(
                new Problem(ProblemTypes.Unprocessable, "There are as many webhooks as there may be.").At("/workspace", "has as many webhooks as it may have.")),
            _ => throw new ProblemException(
                new Problem(ProblemTypes.Unprocessable, $"There is no workspace '{wanted.Workspace}' any more.").At("/workspace", "is no workspace.")),
        };
    }

    private static async Task<Ok<Page<WebhookResponse>>> ListAsync(
        HttpContext http, IWebhookStore webhooks, IWorkspaceStore workspaces, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var workspace = query.Name("workspace");
        var limit = query.Limit();
        var after = query.IdCursor();
        errors.ThrowIfAny();

        var caller = http.Caller();
        if (workspace is not null)
        {
            caller.RequireWorkspace(workspace);
            _ = await workspaces.FindAsync(workspace, cancellationToken)
                ?? throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."));
        }

        var found = await VisibleLists.ReadAsync(
            caller, workspace, of => webhooks.ListAsync(of, after, limit + 1, cancellationToken), static (one, other) => one.Id.CompareTo(other.Id));
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<WebhookResponse>(
            [.. items.Select(webhook => webhook.ToResponse())],
            found.Count > limit ? Cursor.Encode(items[^1].Id) : null));
    }

    private static async Task<Ok<WebhookResponse>> GetAsync(string id, HttpContext http, IWebhookStore webhooks, CancellationToken cancellationToken) =>
        TypedResults.Ok((await RequireAsync(id, http, webhooks, cancellationToken)).ToResponse());

    private static async Task<Ok<WebhookResponse>> PatchAsync(
        string id, HttpContext http, WebhookReader reader, IWebhookStore webhooks, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var (change, secret) = await reader.ReadPatchAsync(body.Root, cancellationToken);
        var webhook = await RequireAsync(id, http, webhooks, cancellationToken);
        return TypedResults.Ok((await webhooks.UpdateAsync(webhook.Id, change, secret, cancellationToken) ?? throw NotFound(id)).ToResponse());
    }

    private static async Task<NoContent> DeleteAsync(string id, HttpContext http, IWebhookStore webhooks, CancellationToken cancellationToken)
    {
        var webhook = await RequireAsync(id, http, webhooks, cancellationToken);
        return await webhooks.DeleteAsync(webhook.Id, cancellationToken) ? TypedResults.NoContent() : throw NotFound(id);
    }

    private static bool Sees(CallerContext caller, WebhookRecord webhook) =>
        webhook.Workspace is { } workspace ? caller.Sees(workspace) : caller.SeesAll;

    private static ProblemException NotFound(string id) => new(new Problem(ProblemTypes.WebhookNotFound, $"There is no webhook '{id}'."));
}
