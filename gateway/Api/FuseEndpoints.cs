using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Fuses;

namespace Orchestrator.Gateway.Api;

internal static class FuseEndpoints
{
    public static void MapFuses(this IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/workspaces/{ws}").WithTags("Workspaces").WithProblems(ProblemTypes.WorkspaceNotFound);

        one.MapPost("/fuses/{fuse}/reset", ResetAsync)
            .WithName("ResetFuse")
            .Needs(KeyVerb.Control)
            .WithSummary("Closes a fuse and begins anew to count what trips it; a workspace that it paused goes on")
            .WithDescription($"The fuses are {string.Join(", ", FuseNames.All.Select(name => $"`{name}`"))}. Resetting `budget` sets what is spent to zero.")
            .WithProblems(ProblemTypes.FuseNotFound);

        one.MapGet("/events", ListEventsAsync)
            .WithName("GetWorkspaceEvents")
            .WithSummary("Lists what happened to the workspace: pauses, and fuses that tripped or were reset")
            .WithQuery(QueryParameters.After, QueryParameters.Limit, QueryParameters.Cursor);
    }

    private static async Task<Ok<WorkspaceResponse>> ResetAsync(
        string ws, string fuse, IWorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var id = PathIds.Workspace(errors, ws);
        errors.ThrowIfAny();
        if (FuseNames.Parse(fuse) is not { } wanted)
        {
            throw new ProblemException(new Problem(ProblemTypes.FuseNotFound, $"There is no fuse '{fuse}'; there are {string.Join(", ", FuseNames.All)}."));
        }

        var workspace = await operations.ResetFuseAsync(id, wanted, cancellationToken);
        return TypedResults.Ok((workspace ?? throw WorkspaceEndpoints.NotFound(id)).ToResponse());
    }

    private static async Task<Ok<Page<EventResponse>>> ListEventsAsync(string ws, HttpContext http, IFuseStore fuses, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var id = PathIds.Workspace(errors, ws);
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.Integer("after", 0, int.MaxValue) ?? query.Integer("cursor", 0, int.MaxValue) ?? 0;
        errors.ThrowIfAny();

        var found = await fuses.ReadEventsAsync(id, after, limit + 1, cancellationToken) ?? throw WorkspaceEndpoints.NotFound(id);
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<EventResponse>(
            [.. items.Select(entry => new EventResponse((int)entry.Seq, entry.Type, entry.At, RawJson.From(entry.Data)) { Attempt = 0 })],
            found.Count > limit ? items[^1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }
}
