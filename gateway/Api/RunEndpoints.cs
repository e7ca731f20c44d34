using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Keys;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Responses;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

internal static class RunEndpoints
{
    private const string InputPointer = "/input";

    private static readonly TimeSpan OverloadedRetryAfter = TimeSpan.FromSeconds(10);

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapPost("/definitions/{owner}/{name}/runs", StartAsync)
            .WithTags("Runs")
            .WithName("StartRun")
            .Needs(KeyVerb.Submit)
            .WithoutAudit()
            .WithSummary("Starts a run of a definition")
            .WithDescription("Answers 202 with the run once it and its first tasks are stored; with `Prefer: wait=N` 200 when it ended in time. A repeated `Idempotency-Key` answers the same run, or `{\"id\",\"status\":\"expired\"}` when it is gone. A run keeps the version that it began with.")
            .WithBody<StartRunRequest>(BodyLimit.Task, optional: true)
            .WithHeaders(HeaderParameter.IdempotencyKey, HeaderParameter.PreferRun)
            .WithProblems(ProblemTypes.DefinitionNotFound, ProblemTypes.Unprocessable, ProblemTypes.TooManyActions, ProblemTypes.PendingCap);

        api.MapGet("/workspaces/{ws}/runs", ListAsync)
            .WithTags("Runs")
            .WithName("ListRuns")
            .WithSummary("Lists the runs of a workspace, newest first")
            .WithDescription("Steps, inputs and outputs are left out of the list, but for the steps that wait for a person.")
            .WithQuery(QueryParameters.RunStatus, QueryParameters.Definition, QueryParameters.RunTag, QueryParameters.WaitingRuns, QueryParameters.ParentRun, QueryParameters.Limit, QueryParameters.Cursor)
            .WithProblems(ProblemTypes.WorkspaceNotFound);

        var run = api.MapGroup("/runs/{id}").WithTags("Runs").WithProblems(ProblemTypes.RunNotFound);

        run.MapGet("", GetAsync)
            .WithName("GetRun")
            .WithSummary("Answers a run with its steps, and with its output or error once it has ended")
            .WithQuery(QueryParameters.WaitForRun);

        run.MapGet("/steps/{step}", GetStepAsync)
            .WithName("GetStep")
            .WithSummary("Answers a step of a run with its output and its tasks")
            .WithQuery(QueryParameters.Item);
    }

    private static async Task<Results<Ok<RunResponse>, Accepted<RunResponse>, Ok<ExpiredTaskResponse>>> StartAsync(
        string owner, string name, HttpContext http, IRunOperations runs, RunHandler handler)
    {
        using var body = await JsonBody.ReadOptionalAsync(http);
        var errors = new FieldErrors();
        PathIds.Name(errors, owner, "owner");
        PathIds.Name(errors, name, "name");
        var key = IdempotencyHeader.Read(http, body is null ? [] : body.Utf8, errors);
        var request = RunReader.ReadStart(body?.Root, owner, name, errors) with { Idempotency = key };
        if (errors.Any)
        {
            await AddMistakesAsync(request, runs, errors, http.RequestAborted);
            throw new ProblemException(errors.ToProblem());
        }

        http.Caller().RequireWorkspace(request.Workspace);

        switch (await runs.StartAsync(request, http.RequestAborted))
        {
            case StartOutcome.Answered answered:
                return await handler.AnswerAsync(http, answered.Result, request.Workspace);
            case StartOutcome.InvalidInput invalid:
                Add(invalid.Mistakes, errors);
                throw new ProblemException(errors.ToProblem());
            case StartOutcome.Overloaded:
                throw new ProblemException(new Problem(ProblemTypes.Overloaded, "Checks that take long keep all places that there are for them.") { RetryAfter = OverloadedRetryAfter });
            default:
                throw DefinitionEndpoints.NotFound(owner, name, request.Version);
        }
    }

    /// <summary>A start that cannot be accepted names the mistakes of its input too, where it can be read and its definition is known.</summary>
    private static async Task AddMistakesAsync(RunRequest request, IRunOperations runs, FieldErrors errors, CancellationToken cancellationToken)
    {
        string[] needed = ["", "/owner", "/name", "/version", InputPointer];
        if (!Array.Exists(needed, errors.Has))
        {
            Add(await runs.FindMistakesAsync(request, cancellationToken), errors);
        }
    }

    private static void Add(IReadOnlyList<InputMistake> mistakes, FieldErrors errors)
    {
        foreach (var mistake in mistakes)
        {
            errors.Malformed(InputPointer + mistake.Path, mistake.Message);
        }
    }

    private static async Task<Ok<Page<RunResponse>>> ListAsync(string ws, HttpContext http, IRunStore runs, RunAnswers answers, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = new QueryReader(http, errors);
        var limit = query.Limit();
        var filter = new RunQuery
        {
            Workspace = PathIds.Workspace(errors, ws),
            Statuses = query.RunStatus() is { } status ? [status] : [],
            Definition = query.Definition(),
            Tag = query.Tag(),
            Waiting = query.Flag("waiting"),
            ParentRunId = query.Id("parentId"),
            Before = query.IdCursor(),
            Limit = limit + 1,
        };
        errors.ThrowIfAny();

        var found = await runs.ListAsync(filter, cancellationToken)
            ?? throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{ws}'."));
        var items = await answers.ListAsync(found.Take(limit), cancellationToken);
        return TypedResults.Ok(new Page<RunResponse>(items, found.Count > limit ? Cursor.Encode(items[^1].Id) : null));
    }

    private static async Task<Ok<RunResponse>> GetAsync(string id, HttpContext http, VisibleRuns visible, RunAnswers answers, EndWaiter waiter)
    {
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        var wait = new QueryReader(http, errors).Wait();
        errors.ThrowIfAny();

        if (wait > TimeSpan.Zero)
        {
            await visible.RequireAsync(http.Caller(), runId, http.RequestAborted);
            await waiter.WaitForRunAsync(runId, wait, http.RequestAborted);
        }

        return TypedResults.Ok(await answers.AnswerAsync(await visible.GetAsync(http.Caller(), runId, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<Ok<RunStepDetailResponse>> GetStepAsync(
        string id, string step, HttpContext http, VisibleRuns visible, RunAnswers answers, IRunStore runs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var runId = PathIds.Uuid(errors, id);
        PathIds.Step(errors, step);
        var item = new QueryReader(http, errors).Integer("item", 0, QueryParameters.Item.Maximum!.Value);
        errors.ThrowIfAny();

        var run = await visible.GetAsync(http.Caller(), runId, cancellationToken);
        var state = run.State.Steps.FirstOrDefault(one => one.Id == step)
            ?? throw new ProblemException(new Problem(ProblemTypes.StepNotFound, $"{run.Definition} has no step '{step}'."));
        if (item >= (state.Items?.Count ?? 0))
        {
            throw new ProblemException(new Problem(
                ProblemTypes.StepNotFound, string.Create(CultureInfo.InvariantCulture, $"The step '{step}' has {Counted.Of(state.Items?.Count ?? 0, "item")}, from 0; there is no item {item}.")));
        }

        var work = (await runs.ListWorkAsync(runId, cancellationToken)).Where(one => WorkKey.Parse(one.Work) is var key && key.Step == step && (item is null || key.Item == item));
        var (output, omitted) = await StepOutputs.ReadAsync(runs, runId, state, item, TaskLimits.MaxResultBytes, cancellationToken);
        var detail = state.ToDetail(await answers.FindTitlesAsync(run.Definition, cancellationToken), output, omitted, [.. work]);
        if (item is not { } index)
        {
            return TypedResults.Ok(detail);
        }

        var error = state.Items![index] == StepStatus.Failed ? await runs.FindItemErrorAsync(runId, step, index, cancellationToken) : null;
        return TypedResults.Ok(detail with { Item = state.ToItem(index, error) });
    }
}
