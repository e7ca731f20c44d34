using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

/// <summary>Answers runs that were started: 202, or 200 when the caller waited and the run has ended.</summary>
internal sealed class RunHandler(VisibleRuns runs, RunAnswers answers, EndWaiter waiter)
{
    /// <param name="earlier">The run that was to be repeated, if one was.</param>
    public async Task<Results<Ok<RunResponse>, Accepted<RunResponse>, Ok<ExpiredTaskResponse>>> AnswerAsync(
        HttpContext http, StartRunResult result, string workspace, Guid earlier = default)
    {
        var wait = PreferHeader.Wait(http) ?? TimeSpan.Zero;
        switch (result)
        {
            case StartRunResult.Started { Run: var started } when wait <= TimeSpan.Zero:
                return await AnswerAsync(http, started);
            case StartRunResult.Started { Run: var started }:
                return await AnswerAsync(http, await WaitAsync(http, started.Id, wait) ?? started);
            case StartRunResult.Replayed replayed:
                http.Response.Headers[SubmissionHandler.ReplayedHeader] = "true";
                return await WaitAsync(http, replayed.RunId, wait) is { } run ? await AnswerAsync(http, run) : TypedResults.Ok(new ExpiredTaskResponse(replayed.RunId));
            default:
                throw Refuse(result, workspace, earlier);
        }
    }

    /// <summary>Says why a run does not do what was asked of it.</summary>
    public static ProblemException Refuse(RunRefusal refusal) =>
        new(new Problem(refusal.StepIsUnknown ? ProblemTypes.StepNotFound : ProblemTypes.RunState, refusal.Message));

    private async Task<RunRecord?> WaitAsync(HttpContext http, Guid id, TimeSpan wait)
    {
        await waiter.WaitForRunAsync(id, wait, http.RequestAborted);
        return await runs.FindAsync(http.Caller(), id, http.RequestAborted);
    }

    private async Task<Results<Ok<RunResponse>, Accepted<RunResponse>, Ok<ExpiredTaskResponse>>> AnswerAsync(HttpContext http, RunRecord run)
    {
        var response = await answers.AnswerAsync(run, http.RequestAborted);
        return run.State.Status == RunStatus.Started ? TypedResults.Accepted(response.Links.Self, response) : TypedResults.Ok(response);
    }

    private static ProblemException Refuse(StartRunResult result, string workspace, Guid earlier) => result switch
    {
        StartRunResult.WorkspaceNotFound => new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'.")),
        StartRunResult.IdempotencyConflict => new ProblemException(
            new Problem(ProblemTypes.IdempotencyConflict, "The key belongs to a request with another path or body; take a new key for a new request.")
                .At($"/{IdempotencyHeader.Name}", "was used with another request.")),
        StartRunResult.NotReplayable { Refusal: { } refusal } => Refuse(refusal),
        StartRunResult.NotReplayable => VisibleRuns.NotFound(earlier),
        StartRunResult.Refused refused => SubmissionProblems.Of(refused.Reason, workspace, JsonPointer.Root),
        _ => throw new InvalidOperationException($"A start was answered with {result.GetType().Name}."),
    };
}
