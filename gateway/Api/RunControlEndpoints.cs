using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

internal static class RunControlEndpoints
{
    public static void MapRunControl(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id}").WithTags("Runs").WithProblems(ProblemTypes.RunNotFound, ProblemTypes.RunState);

        run.MapPost("/abort", AbortAsync)
            .WithName("AbortRun")
            .Needs(KeyVerb.Control)
            .WithSummary("Ends a run; what it has under way is cancelled")
            .WithDescription("With `compensate`, what completed steps did is undone first, by those that say how.")
            .WithBody<AbortRunRequest>(BodyLimit.Small, optional: true);

        run.MapPost("/replay", ReplayAsync)
            .WithName("ReplayRun")
            .Needs(KeyVerb.Submit)
            .WithSummary("Starts a new run that repeats this one from a step on")
            .WithDescription("That step, and all that come after it, are done anew; the others stand as they ended. The new run says `replayOf`.")
            .WithBody<ReplayRunRequest>(BodyLimit.Small)
            .WithHeaders(HeaderParameter.IdempotencyKey, HeaderParameter.PreferRun)
            .WithProblems(ProblemTypes.Unprocessable, ProblemTypes.TooManyActions, ProblemTypes.PendingCap);

        run.MapPost("/steps/{step}/retry", RetryAsync)
            .WithName("RetryStep")
            .Needs(KeyVerb.Control)
            .WithSummary("Has a failed step done again, and starts its run again if that has failed")
            .WithDescription("Of a step with items those are done again that were not completed.")
            .WithBody<RetryStepRequest>(BodyLimit.Task, optional: true);

        run.MapPost("/steps/{step}/skip", SkipAsync)
            .WithName("SkipStep")
            .Needs(KeyVerb.Control)
            .WithSummary("Completes a step with an output that stands for its work")
            .WithDescription("What it has under way is cancelled. A run that has failed is started again.")
            .WithBody<SkipStepRequest>(BodyLimit.Task);

        run.MapPost("/steps/{step}/approve", DecideAsync)
            .WithName("ApproveStep")
            .Needs(KeyVerb.Control)
            .WithSummary("Decides about a step that waits for a person")
            .WithBody<ApproveStepRequest>(BodyLimit.Task);
    }

    private static async Task<Ok<RunResponse>> AbortAsync(string id, HttpContext http, VisibleRuns visible, RunAnswers answers, IRunOperations runs)
    {
        using var body = await JsonBody.ReadOptionalAsync(http);
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        return await ChangeAsync(http, visible, answers, runs, runId, RunReader.ReadAbort(body?.Root, errors));
    }

    private static async Task<Ok<RunResponse>> RetryAsync(string id, string step, HttpContext http, VisibleRuns visible, RunAnswers answers, IRunOperations runs)
    {
        using var body = await JsonBody.ReadOptionalAsync(http);
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        return await ChangeAsync(http, visible, answers, runs, runId, RunReader.ReadRetry(body?.Root, PathIds.Step(errors, step), errors));
    }

    private static async Task<Ok<RunResponse>> SkipAsync(string id, string step, HttpContext http, VisibleRuns visible, RunAnswers answers, IRunOperations runs)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        return await ChangeAsync(http, visible, answers, runs, runId, RunReader.ReadSkip(body.Root, PathIds.Step(errors, step), errors));
    }

    private static async Task<Ok<RunResponse>> DecideAsync(string id, string step, HttpContext http, VisibleRuns visible, RunAnswers answers, IRunOperations runs)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        return await ChangeAsync(http, visible, answers, runs, runId, RunReader.ReadDecision(body.Root, PathIds.Step(errors, step), errors));
    }

    private static async Task<Results<Ok<RunResponse>, Accepted<RunResponse>, Ok<ExpiredTaskResponse>>> ReplayAsync(
        string id, HttpContext http, VisibleRuns visible, IRunOperations runs, RunHandler handler)
    {
        using var body = await JsonBody.ReadAsync(http);
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        var key = IdempotencyHeader.Read(http, body.Utf8, errors);
        var fromStep = RunReader.ReadReplay(body.Root, errors);

        var run = await visible.GetAsync(http.Caller(), runId, http.RequestAborted);
        return await handler.AnswerAsync(http, await runs.ReplayAsync(run, fromStep, key, http.RequestAborted), run.Workspace, runId);
    }

    private static async Task<Ok<RunResponse>> ChangeAsync(
        HttpContext http, VisibleRuns visible, RunAnswers answers, IRunOperations runs, Guid id, RunEvent change)
    {
        await visible.RequireAsync(http.Caller(), id, http.RequestAborted);
        return await runs.ChangeAsync(id, change, http.RequestAborted) switch
        {
            RunChangeResult.Changed changed => TypedResults.Ok(await answers.AnswerAsync(changed.Run, http.RequestAborted)),
            RunChangeResult.Refused refused => throw RunHandler.Refuse(refused.Reason),
            _ => throw VisibleRuns.NotFound(id),
        };
    }
}
