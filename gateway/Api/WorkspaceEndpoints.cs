using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class WorkspaceEndpoints
{
    public static void MapWorkspaces(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/workspaces").WithTags("Workspaces");

        all.MapPost("", CreateAsync)
            .WithName("CreateWorkspace")
            .Needs(KeyVerb.Admin, ofCluster: true)
            .WithSummary("Creates a workspace")
            .WithBody<CreateWorkspaceRequest>(BodyLimit.Small)
            .WithProblems(ProblemTypes.WorkspaceExists);

        all.MapGet("", ListAsync)
            .WithName("ListWorkspaces")
            .WithSummary("Lists the workspaces by id")
            .WithQuery(QueryParameters.Limit, QueryParameters.Cursor, QueryParameters.Counts);

        var one = api.MapGroup("/workspaces/{ws}").WithTags("Workspaces").WithProblems(ProblemTypes.WorkspaceNotFound);

        one.MapGet("", GetAsync)
            .WithName("GetWorkspace")
            .WithSummary("Answers a workspace");

        one.MapGet("/usage", GetUsageAsync)
            .WithName("GetWorkspaceUsage")
            .WithSummary("Answers what attempts of the workspace consumed: in all, today and in the last 30 days")
            .WithDescription("Tokens by kind and cost of every attempt that was settled, whatever became of its task, by the UTC day on which it was settled. Newest day first; days without usage are left out.");

        one.MapPatch("", PatchAsync)
            .WithName("PatchWorkspace")
            .Needs(KeyVerb.Admin)
            .WithSummary("Changes name, goal, weight, limit, fuses or budget of a workspace")
            .WithBody<PatchWorkspaceRequest>(BodyLimit.Small);

        one.MapDelete("", DeleteAsync)
            .WithName("DeleteWorkspace")
            .Needs(KeyVerb.Admin)
            .WithSummary("Deletes a workspace without live tasks, with its history")
            .WithProblems(ProblemTypes.WorkspaceInUse);

        one.MapPost("/pause", PauseAsync)
            .WithName("PauseWorkspace")
            .Needs(KeyVerb.Control)
            .WithSummary("Stops starting tasks of the workspace; running attempts go on")
            .WithBody<PauseWorkspaceRequest>(BodyLimit.Small, optional: true)
            .WithProblems(ProblemTypes.Unprocessable);

        one.MapPost("/resume", ResumeAsync)
            .WithName("ResumeWorkspace")
            .Needs(KeyVerb.Control)
            .WithSummary("Goes on starting tasks of the workspace");
    }

    private static async Task<Created<WorkspaceResponse>> CreateAsync(
        HttpContext http, IWorkspaceStore workspaces, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var wanted = WorkspaceReader.ReadNew(body.Root);
        var created = await workspaces.CreateAsync(wanted, cancellationToken) ?? throw new ProblemException(
            new Problem(ProblemTypes.WorkspaceExists, $"There is a workspace '{wanted.Id}' already.").At("/id", "is taken."));
        return TypedResults.Created($"{ApiRoutes.Prefix}/workspaces/{created.Id}", created.ToResponse());
    }

    private static async Task<Ok<Page<WorkspaceResponse>>> ListAsync(
        HttpContext http, IWorkspaceStore workspaces, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var after = query.NameCursor();
        var isCounted = query.Flag("counts");
        errors.ThrowIfAny();

        var found = await VisibleLists.ReadAsync(
            http.Caller(),
            workspace: null,
            async of => of is null ? await workspaces.ListAsync(after, limit + 1, cancellationToken)
                : string.CompareOrdinal(of, after) > 0 && await workspaces.FindAsync(of, cancellationToken) is { } one ? [one]
                : [],
            static (one, other) => string.CompareOrdinal(one.Id, other.Id));
        var items = found.Take(limit).ToList();
        var counts = isCounted ? await workspaces.CountTasksAsync([.. items.Select(workspace => workspace.Id)], cancellationToken) : null;
        return TypedResults.Ok(new Page<WorkspaceResponse>(
            [.. items.Select(workspace => workspace.ToResponse(counts?.GetValueOrDefault(workspace.Id)))],
            found.Count > limit ? Cursor.Encode(items[^1].Id) : null));
    }

    private static async Task<Ok<WorkspaceResponse>> GetAsync(
        string ws, IWorkspaceStore workspaces, CancellationToken cancellationToken) =>
        Answer(ws, await workspaces.FindAsync(RequireId(ws), cancellationToken));

    private static async Task<Ok<WorkspaceUsageResponse>> GetUsageAsync(
        string ws, IWorkspaceStore workspaces, CancellationToken cancellationToken) =>
        TypedResults.Ok((await workspaces.FindUsageAsync(RequireId(ws), cancellationToken) ?? throw NotFound(ws)).ToResponse());

    private static async Task<Ok<WorkspaceResponse>> PatchAsync(
        string ws, HttpContext http, IWorkspaceOperations operations, CancellationToken cancellationToken)
    {
        var id = RequireId(ws);
        using var body = await JsonBody.ReadAsync(http);
        return Answer(ws, await operations.UpdateAsync(id, WorkspaceReader.ReadPatch(body.Root), cancellationToken));
    }

    private static async Task<NoContent> DeleteAsync(string ws, IWorkspaceStore workspaces, CancellationToken cancellationToken)
    {
        var id = RequireId(ws);
        if (id == IWorkspaceStore.DefaultWorkspace)
        {
            throw new ProblemException(new Problem(ProblemTypes.WorkspaceInUse, $"The workspace '{id}' always exists."));
        }

        return await workspaces.DeleteAsync(id, cancellationToken) switch
        {
            WorkspaceDeletion.Deleted => TypedResults.NoContent(),
            WorkspaceDeletion.HasLiveTasks => throw new ProblemException(
                new Problem(ProblemTypes.WorkspaceInUse, $"The workspace '{id}' has tasks or runs that have not ended; cancel or abort them first.")),
            _ => throw NotFound(id),
        };
    }

    private static async Task<Ok<WorkspaceResponse>> PauseAsync(
        string ws, HttpContext http, IWorkspaceStore workspaces, WorkspaceReader reader, CancellationToken cancellationToken)
    {
        var id = RequireId(ws);
        using var body = await JsonBody.ReadOptionalAsync(http);
        var until = body is null ? null : reader.ReadPause(body.Root);
        return Answer(ws, await workspaces.PauseAsync(id, until, cancellationToken));
    }

    private static async Task<Ok<WorkspaceResponse>> ResumeAsync(
        string ws, IWorkspaceOperations operations, CancellationToken cancellationToken) =>
        Answer(ws, await operations.ResumeAsync(RequireId(ws), cancellationToken));

    private static Ok<WorkspaceResponse> Answer(string ws, WorkspaceRecord? workspace) =>
        TypedResults.Ok((workspace ?? throw NotFound(ws)).ToResponse());

    internal static ProblemException NotFound(string ws) => new(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{ws}'."));

    private static string RequireId(string ws)
    {
        var errors = new FieldErrors();
        var id = PathIds.Workspace(errors, ws);
        errors.ThrowIfAny();
        return id;
    }
}
