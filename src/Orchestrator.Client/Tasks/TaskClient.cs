using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <summary>Submitting, changing and finding tasks.</summary>
public sealed partial class TaskClient
{
    private const string Expired = ExpiredTaskResponse.Expired;
    private readonly ApiConnection _api;

    internal TaskClient(ApiConnection api) => _api = api;

    /// <summary>Submits a task; however often the request must be sent, there is one task.</summary>
    /// <param name="key">The <c>Idempotency-Key</c>: calls with the same key make one task. Null for one of this call's own.</param>
    /// <param name="wait">How long to wait for the task's end, up to a minute; it may not have ended then.</param>
    public Task<SubmittedTask> SubmitAsync(
        string workspace, SubmitTaskRequest task, string? key = null, TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return SubmitAsync(ApiRequest.Submit($"{InWorkspace(workspace)}", task, key, wait), cancellationToken);
    }

    /// <summary>Submits a task that is JSON already; the gateway tells every mistake in it.</summary>
    public Task<SubmittedTask> SubmitAsync(
        string workspace, RawJson task, string? key = null, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        SubmitAsync(ApiRequest.Submit(InWorkspace(workspace), task, key, wait), cancellationToken);

    /// <summary>Submits a task of <c>generation.{action}</c> and waits for its end, up to a minute; it may not have ended then.</summary>
    /// <param name="action">What follows <c>generation.</c></param>
    /// <param name="wait">30 s if it is null.</param>
    public Task<SubmittedTask> GenerateAsync(
        string action, GenerationRequest request, string? key = null, TimeSpan? wait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SubmitAsync(
            ApiRequest.Submit($"/generation/{Uri.EscapeDataString(action)}", request, key, wait ?? TimeSpan.FromSeconds(30)), cancellationToken);
    }

    /// <summary>Submits up to 10,000 tasks, all or none; answers their ids in the same order.</summary>
    public async Task<IReadOnlyList<Guid>> SubmitBatchAsync(
        string workspace, IReadOnlyList<BatchItemRequest> tasks, string? key = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var request = ApiRequest.Submit($"{InWorkspace(workspace)}/batch", new SubmitBatchRequest(tasks), key);
        return (await _api.SendAsync<BatchResponse>(request, cancellationToken).ConfigureAwait(false)).Ids;
    }

    /// <summary>Submits a batch that is JSON already, <c>{"tasks": […]}</c>; the gateway tells every mistake in it.</summary>
    public async Task<IReadOnlyList<Guid>> SubmitBatchAsync(string workspace, RawJson batch, string? key = null, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<BatchResponse>(ApiRequest.Submit($"{InWorkspace(workspace)}/batch", batch, key), cancellationToken).ConfigureAwait(false)).Ids;

    /// <summary>Submits an ended task again, as a new one.</summary>
    /// <param name="input">Another input; null for the same.</param>
    public Task<SubmittedTask> RetryAsync(
        Guid id, RawJson? input = null, string? key = null, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        SubmitAsync(ApiRequest.Submit($"/tasks/{id}/retry", input is null ? null : new RetryTaskRequest { Input = input }, key, wait), cancellationToken);

    /// <summary>Cancels a task that has not ended, and its descendants.</summary>
    public async Task<TaskResponse> CancelAsync(Guid id, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _api.SendAsync<TaskResponse>(ApiRequest.Post($"/tasks/{id}/cancel"), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException refusal) when (refusal is { Slug: "task-ended", Attempts: > 1 })
        {
            // The first request may have cancelled it, and its answer was lost.
            var task = await GetAsync(id, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (task.Status == TaskStatuses.Cancelled)
            {
                return task;
            }

            throw;
        }
    }

    /// <summary>Changes a task that has not started; what is not set stays.</summary>
    public Task<TaskResponse> PatchAsync(Guid id, PatchTaskRequest change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<TaskResponse>(ApiRequest.Patch($"/tasks/{id}", change), cancellationToken);

    /// <param name="withPosition">Whether to say its place while it is queued.</param>
    /// <param name="wait">How long to wait for the task's end, up to a minute.</param>
    public Task<TaskResponse> GetAsync(Guid id, bool withPosition = false, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        _api.SendAsync<TaskResponse>(
            ApiRequest.Get($"/tasks/{id}{new UrlQuery().Add("wait", Seconds(wait)).Add("position", withPosition ? "true" : null)}") with { Wait = wait },
            cancellationToken);

    /// <summary>The bare result; refused as <c>no-result</c> while there is none, and for a task that ended without one.</summary>
    /// <param name="wait">How long to wait for the task's end, up to a minute.</param>
    public async Task<RawJson> GetResultAsync(Guid id, TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        var request = ApiRequest.Get($"/tasks/{id}/result{new UrlQuery().Add("wait", Seconds(wait))}") with { Wait = wait };
        return new RawJson((await _api.SendAsync(request, cancellationToken).ConfigureAwait(false)).Body);
    }

    /// <summary>The bare input, as it was submitted or changed before the task started.</summary>
    public async Task<RawJson> GetInputAsync(Guid id, CancellationToken cancellationToken = default) =>
        new((await _api.SendAsync(ApiRequest.Get($"/tasks/{id}/input"), cancellationToken).ConfigureAwait(false)).Body);

    /// <summary>Why a task is not running, or where it runs.</summary>
    public Task<WhyResponse> ExplainAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WhyResponse>(ApiRequest.Get($"/tasks/{id}/why"), cancellationToken);

    /// <summary>The tasks of a workspace, newest first, without their results.</summary>
    public IAsyncEnumerable<TaskResponse> ListAsync(string workspace, TaskFilter? filter = null, CancellationToken cancellationToken = default) =>
        ListPathAsync(InWorkspace(workspace), filter ?? new TaskFilter(), cancellationToken);

    /// <summary>The tasks of all workspaces, newest first, without their results.</summary>
    public IAsyncEnumerable<TaskResponse> ListAllAsync(TaskFilter? filter = null, CancellationToken cancellationToken = default) =>
        ListPathAsync("/tasks", filter ?? new TaskFilter(), cancellationToken);

    private IAsyncEnumerable<TaskResponse> ListPathAsync(string path, TaskFilter filter, CancellationToken cancellationToken) =>
        _api.ListAsync<TaskResponse>(
            cursor => $"{path}{new UrlQuery()
                .Add("status", filter.Status).Add("action", filter.Action).Add("tag", filter.Tag)
                .Add("parentId", filter.ParentId).Add("createdAfter", filter.CreatedAfter)
                .Add("limit", filter.PageSize).Add("cursor", cursor)}",
            cancellationToken);

    private static string InWorkspace(string workspace) => $"/workspaces/{Uri.EscapeDataString(workspace)}/tasks";

    private static int? Seconds(TimeSpan wait) => wait > TimeSpan.Zero ? ApiRequest.WholeSeconds(wait) : null;

    private async Task<SubmittedTask> SubmitAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsReplayed && answer.HasStatus(Expired))
        {
            return new SubmittedTask(answer.Read<ExpiredTaskResponse>().Id, null, true);
        }

        var task = answer.Read<TaskResponse>();
        return new SubmittedTask(task.Id, task, answer.IsReplayed);
    }
}
