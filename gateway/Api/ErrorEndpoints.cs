using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class ErrorEndpoints
{
    public static void MapErrors(this IEndpointRouteBuilder api) => api
        .MapGet("/errors", ListAsync)
        .WithTags("Cluster")
        .WithName("ListErrors")
        .WithSummary("Lists failures, those that are the same as one entry")
        .WithDescription("Failures are the same when workspace, action and code are, and their messages differ in numbers, ids, quoted values, addresses and paths alone.")
        .WithQuery(QueryParameters.OfWorkspace, QueryParameters.ErrorSort, QueryParameters.Limit, QueryParameters.Cursor)
        .WithProblems(ProblemTypes.WorkspaceNotFound);

    private static async Task<Ok<Page<ErrorGroupResponse>>> ListAsync(
        HttpContext http, IErrorStore store, IWorkspaceStore workspaces, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var workspace = query.Name("workspace");
        var byCount = query.Choice(QueryParameters.ErrorSort) == QueryParameters.MostFrequent;
        var limit = query.Limit();
        var after = query.ErrorCursor();
        errors.ThrowIfAny();

        await workspaces.RequireAsync(http, workspace, cancellationToken);
        var caller = http.Caller();
        var found = await VisibleLists.ReadAsync(
            caller,
            workspace,
            of => store.ListAsync(new ErrorQuery(limit + 1) { Workspace = of, MostFrequentFirst = byCount, After = after }, cancellationToken),
            static (one, other) => one.Place.Rank == other.Place.Rank
                ? string.CompareOrdinal(other.Place.Fingerprint, one.Place.Fingerprint)
                : other.Place.Rank.CompareTo(one.Place.Rank));
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<ErrorGroupResponse>(
            [.. items.Select(error => error.ToResponse())],
            found.Count > limit ? Encode(items[^1].Place) : null));
    }

    private static string Encode(ErrorPlace place) => Cursor.Encode(string.Create(CultureInfo.InvariantCulture, $"{place.Rank}.{place.Fingerprint}"));
}
