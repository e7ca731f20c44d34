using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Audit;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Auditing;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Audit;

namespace Orchestrator.Gateway.Api;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) => api
        .MapGet("/audit", ListAsync)
        .WithTags("Cluster")
        .WithName("ListAudit")
        .Needs(KeyVerb.Admin)
        .WithSummary("Lists who changed what, or tried to, the newest first")
        .WithQuery(
            QueryParameters.AuditWorkspace,
            QueryParameters.Actor,
            QueryParameters.Operation,
            QueryParameters.AuditAfter,
            QueryParameters.Limit,
            QueryParameters.Cursor);

    private static async Task<Ok<Page<AuditEntryResponse>>> ListAsync(HttpContext http, IAuditStore audit, AuditedOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var wanted = new AuditQuery(query.Limit())
        {
            Workspace = query.Name("workspace"),
            Actor = query.Label("actor"),
            Operation = query.OneOf("operation", operations.Names),
            CreatedAfter = query.Timestamp("createdAfter"),
            Before = query.KeyCursor(),
        };
        errors.ThrowIfAny();

        // The entries of a workspace outlive it.
        var caller = http.Caller();
        if (wanted.Workspace is { } workspace)
        {
            caller.RequireWorkspace(workspace);
        }

        var found = await VisibleLists.ReadAsync(
            caller,
            wanted.Workspace,
            of => audit.ListAsync(wanted with { Limit = wanted.Limit + 1, Workspace = of }, cancellationToken),
            static (one, other) => other.Id.CompareTo(one.Id));
        var items = found.Take(wanted.Limit).ToList();
        return TypedResults.Ok(new Page<AuditEntryResponse>(
            [.. items.Select(entry => entry.ToResponse())],
            found.Count > wanted.Limit ? Cursor.Encode(items[^1].Id.ToString(CultureInfo.InvariantCulture)) : null));
    }
}
