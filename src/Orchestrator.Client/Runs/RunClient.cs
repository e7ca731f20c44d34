using Orchestrator.Client.Definitions;
using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Runs;

/// <summary>Starting, finding and steering runs.</summary>
public sealed partial class RunClient
{
    private readonly ApiConnection _api;

    internal RunClient(ApiConnection api) => _api = api;

    /// <summary>Starts a run of a definition; however often the request must be sent, there is one run.</summary>
    /// <param name="key">The <c>Idempotency-Key</c>: calls with the same key start one run. Null for one of this call's own.</param>
    /// <param name="wait">How long to wait for the run's end, up to a minute; it may not have ended then.</param>
    public Task<StartedRun> StartAsync(
        string owner, string name, StartRunRequest? run = null, string? key = null, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        StartAsync(ApiRequest.Submit($"{DefinitionClient.At(owner, name)}/runs", run ?? new StartRunRequest(), key, wait), cancellationToken);

    /// <summary>Starts a run with a body that is JSON already; the gateway tells every mistake in it.</summary>
    public Task<StartedRun> StartAsync(string owner, string name, RawJson run, string? key = null, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        StartAsync(ApiRequest.Submit($"{DefinitionClient.At(owner, name)}/runs", run, key, wait), cancellationToken);

    /// <summary>Starts a new run that repeats this one from a step on.</summary>
    /// <param name="key">As for a start.</param>
    /// <param name="wait">As for a start.</param>
    public Task<StartedRun> ReplayAsync(Guid id, string fromStep, string? key = null, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        StartAsync(ApiRequest.Submit($"/runs/{id}/replay", new ReplayRunRequest { FromStep = fromStep }, key, wait), cancellationToken);

    /// <param name="wait">How long to wait for the run's end, up to a minute.</param>
    public Task<RunResponse> GetAsync(Guid id, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        _api.SendAsync<RunResponse>(
            ApiRequest.Get($"/runs/{id}{new UrlQuery().Add("wait", wait > TimeSpan.Zero ? ApiRequest.WholeSeconds(wait) : null)}") with { Wait = wait }, cancellationToken);

    /// <summary>A step with its output and its work.</summary>
    /// <param name="item">Of this item alone; null for the whole step.</param>
    public Task<RunStepDetailResponse> GetStepAsync(Guid id, string step, int? item = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<RunStepDetailResponse>(ApiRequest.Get($"{At(id, step)}{new UrlQuery().Add("item", item)}"), cancellationToken);

    /// <summary>The runs of a workspace, newest first, without their steps, inputs and outputs.</summary>
    public IAsyncEnumerable<RunResponse> ListAsync(string workspace, RunFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= new RunFilter();
        return _api.ListAsync<RunResponse>(
            cursor => $"/workspaces/{Uri.EscapeDataString(workspace)}/runs{new UrlQuery()
                .Add("status", filter.Status).Add("definition", filter.Definition).Add("tag", filter.Tag).Add("parentId", filter.ParentId)
                .Add("waiting", filter.Waiting ? "true" : null).Add("limit", filter.PageSize).Add("cursor", cursor)}",
            cancellationToken);
    }

    /// <summary>Ends a run; what it has under way is cancelled.</summary>
    public async Task<RunResponse> AbortAsync(Guid id, AbortRunRequest? how = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _api.SendAsync<RunResponse>(ApiRequest.Post($"/runs/{id}/abort", how ?? new AbortRunRequest()), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException refusal) when (refusal is { Slug: "run-state", Attempts: > 1 })
        {
            // The first request may have aborted it, and its answer was lost.
            var run = await GetAsync(id, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (run.Status == RunStatuses.Aborted || run.Compensating)
            {
                return run;
            }

            throw;
        }
    }

    /// <summary>Has a failed step done again, and starts its run again if that has failed. When the answer is lost it is not sent again.</summary>
    public Task<RunResponse> RetryStepAsync(Guid id, string step, RetryStepRequest? how = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<RunResponse>(ApiRequest.Create($"{At(id, step)}/retry", how ?? new RetryStepRequest()), cancellationToken);

    /// <summary>Completes a step with an output that stands for its work. When the answer is lost it is not sent again.</summary>
    public Task<RunResponse> SkipStepAsync(Guid id, string step, RawJson output, CancellationToken cancellationToken = default) =>
        _api.SendAsync<RunResponse>(ApiRequest.Create($"{At(id, step)}/skip", new SkipStepRequest { Output = output }), cancellationToken);

    /// <summary>Decides about a step that waits for a person. When the answer is lost it is not sent again: the step may ask again by now, which <see cref="ApproveStepRequest.Round"/> guards against.</summary>
    public Task<RunResponse> ApproveStepAsync(Guid id, string step, ApproveStepRequest decision, CancellationToken cancellationToken = default) =>
        _api.SendAsync<RunResponse>(ApiRequest.Create($"{At(id, step)}/approve", decision), cancellationToken);

    private static string At(Guid id, string step) => $"/runs/{id}/steps/{Uri.EscapeDataString(step)}";

    private async Task<StartedRun> StartAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsReplayed && answer.HasStatus(ExpiredTaskResponse.Expired))
        {
            return new StartedRun(answer.Read<ExpiredTaskResponse>().Id, null, true);
        }

        var run = answer.Read<RunResponse>();
        return new StartedRun(run.Id, run, answer.IsReplayed);
    }
}
