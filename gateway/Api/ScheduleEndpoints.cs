using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Api;

internal static class ScheduleEndpoints
{
    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/schedules").WithTags("Schedules");

        all.MapPost("", CreateAsync)
            .WithName("CreateSchedule")
            .Needs(KeyVerb.Control)
            .WithSummary("Creates a schedule, which submits a task at each of its times")
            .WithBody<CreateScheduleRequest>(BodyLimit.Task)
            .WithProblems(ProblemTypes.ScheduleExists, ProblemTypes.Unprocessable);

        all.MapGet("", ListAsync)
            .WithName("ListSchedules")
            .WithSummary("Lists the schedules by id, without the inputs of their tasks")
            .WithQuery(QueryParameters.OfWorkspace, QueryParameters.Limit, QueryParameters.Cursor)
            .WithProblems(ProblemTypes.WorkspaceNotFound);

        var one = api.MapGroup("/schedules/{schedule}").WithTags("Schedules").WithProblems(ProblemTypes.ScheduleNotFound);

        one.MapGet("", GetAsync)
            .WithName("GetSchedule")
            .WithSummary("Answers a schedule");

        one.MapPatch("", PatchAsync)
            .WithName("PatchSchedule")
            .Needs(KeyVerb.Control)
            .WithSummary("Changes, pauses or resumes a schedule")
            .WithBody<PatchScheduleRequest>(BodyLimit.Task)
            .WithProblems(ProblemTypes.Unprocessable);

        one.MapDelete("", DeleteAsync)
            .WithName("DeleteSchedule")
            .Needs(KeyVerb.Control)
            .WithSummary("Deletes a schedule; the tasks that it made stay");
    }

    private static async Task<Created<ScheduleResponse>> CreateAsync(
        HttpContext http, ScheduleReader reader, IScheduleOperations operations, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var wanted = await reader.ReadNewAsync(body.Root, http.Caller(), cancellationToken);
        return await operations.CreateAsync(wanted, cancellationToken) switch
        {
            ScheduleCreation.Created created => TypedResults.Created($"{ApiRoutes.Prefix}/schedules/{wanted.Id}", created.Schedule.ToResponse()),
            ScheduleCreation.IdTaken => throw new ProblemException(
                new Problem(ProblemTypes.ScheduleExists, $"There is a schedule '{wanted.Id}' already.").At("/id", "is taken.")),
            _ => throw new ProblemException(
                new Problem(ProblemTypes.Unprocessable, $"There is no workspace '{wanted.Workspace}' any more.").At("/workspace", "is no workspace.")),
        };
    }

    private static async Task<Ok<Page<ScheduleResponse>>> ListAsync(
        HttpContext http, IScheduleStore schedules, IWorkspaceStore workspaces, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var workspace = query.Name("workspace");
        var limit = query.Limit();
        var after = query.NameCursor();
        errors.ThrowIfAny();

        var caller = http.Caller();
        if (workspace is not null)
        {
            caller.RequireWorkspace(workspace);
            _ = await workspaces.FindAsync(workspace, cancellationToken)
                ?? throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."));
        }

        var found = await VisibleLists.PickAsync(
            caller,
            after,
            limit + 1,
            (place, count) => schedules.ListAsync(workspace, place, count, cancellationToken),
            static schedule => schedule.Id,
            schedule => caller.Sees(schedule.Workspace));
        var items = found.Take(limit).ToList();
        return TypedResults.Ok(new Page<ScheduleResponse>(
            [.. items.Select(schedule => schedule.ToResponse())],
            found.Count > limit ? Cursor.Encode(items[^1].Id) : null));
    }

    private static async Task<Ok<ScheduleResponse>> GetAsync(
        string schedule, HttpContext http, IScheduleStore schedules, CancellationToken cancellationToken) =>
        TypedResults.Ok((await RequireAsync(schedule, http, schedules, cancellationToken)).ToResponse());

    private static async Task<Ok<ScheduleResponse>> PatchAsync(
        string schedule, HttpContext http, ScheduleReader reader, IScheduleStore schedules, IScheduleOperations operations, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http);
        var change = reader.ReadPatch(body.Root);
        await RequireAsync(schedule, http, schedules, cancellationToken);
        return TypedResults.Ok((await operations.UpdateAsync(schedule, change, cancellationToken) ?? throw NotFound(schedule)).ToResponse());
    }

    private static async Task<NoContent> DeleteAsync(
        string schedule, HttpContext http, IScheduleStore schedules, CancellationToken cancellationToken)
    {
        await RequireAsync(schedule, http, schedules, cancellationToken);
        return await schedules.DeleteAsync(schedule, cancellationToken) ? TypedResults.NoContent() : throw NotFound(schedule);
    }

    /// <summary>The schedule, if the caller may see it.</summary>
    private static async Task<ScheduleRecord> RequireAsync(string id, HttpContext http, IScheduleStore schedules, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        PathIds.Schedule(errors, id);
        errors.ThrowIfAny();
        return await schedules.FindAsync(id, cancellationToken) is { } found && http.Caller().Sees(found.Workspace) ? found : throw NotFound(id);
    }

    private static ProblemException NotFound(string id) => new(new Problem(ProblemTypes.ScheduleNotFound, $"There is no schedule '{id}'."));
}
