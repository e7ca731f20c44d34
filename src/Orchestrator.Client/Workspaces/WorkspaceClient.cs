using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Client.Workspaces;

/// <summary>Workspaces and their fuses.</summary>
public sealed class WorkspaceClient
{
    private readonly ApiConnection _api;

    internal WorkspaceClient(ApiConnection api) => _api = api;

    public Task<WorkspaceResponse> CreateAsync(CreateWorkspaceRequest workspace, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Create("/workspaces", workspace), cancellationToken);

    /// <summary>Creates a workspace of JSON; the gateway tells every mistake in it.</summary>
    public Task<WorkspaceResponse> CreateAsync(RawJson workspace, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Create("/workspaces", workspace), cancellationToken);

    public Task<WorkspaceResponse> GetAsync(string workspace, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Get(At(workspace)), cancellationToken);

    /// <summary>Tokens by kind and cost, in all and of each of the last days.</summary>
    public Task<WorkspaceUsageResponse> GetUsageAsync(string workspace, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceUsageResponse>(ApiRequest.Get($"{At(workspace)}/usage"), cancellationToken);

    /// <summary>All of them, by id.</summary>
    public IAsyncEnumerable<WorkspaceResponse> ListAsync(bool counts = false, CancellationToken cancellationToken = default) =>
        _api.ListAsync<WorkspaceResponse>(
            cursor => $"/workspaces{new UrlQuery().Add("counts", counts ? "true" : null).Add("cursor", cursor)}", cancellationToken);

    /// <summary>Changes what is set; the rest stays.</summary>
    public Task<WorkspaceResponse> PatchAsync(string workspace, PatchWorkspaceRequest change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Patch(At(workspace), change), cancellationToken);

    /// <summary>Changes a workspace with JSON, in which null clears a member.</summary>
    public Task<WorkspaceResponse> PatchAsync(string workspace, RawJson change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Patch(At(workspace), change), cancellationToken);

    /// <summary>Deletes a workspace without live tasks, with its history.</summary>
    public Task DeleteAsync(string workspace, CancellationToken cancellationToken = default) => _api.DeleteAsync(At(workspace), cancellationToken);

    /// <summary>Stops starting its tasks.</summary>
    /// <param name="pause">For how long; null until somebody resumes it.</param>
    public Task<WorkspaceResponse> PauseAsync(string workspace, PauseWorkspaceRequest? pause = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Post($"{At(workspace)}/pause", pause ?? new PauseWorkspaceRequest()), cancellationToken);

    /// <summary>Goes on starting its tasks.</summary>
    public Task<WorkspaceResponse> ResumeAsync(string workspace, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Post($"{At(workspace)}/resume"), cancellationToken);

    /// <summary>Closes a fuse that has tripped, such as <c>antiLoop</c>.</summary>
    public Task<WorkspaceResponse> ResetFuseAsync(string workspace, string fuse, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WorkspaceResponse>(ApiRequest.Post($"{At(workspace)}/fuses/{Uri.EscapeDataString(fuse)}/reset"), cancellationToken);

    /// <summary>The events of the workspace itself: pauses and fuses.</summary>
    /// <param name="after">Only events after this one.</param>
    public IAsyncEnumerable<EventResponse> ListEventsAsync(string workspace, int after = 0, CancellationToken cancellationToken = default) =>
        _api.ListAsync<EventResponse>(
            cursor => $"{At(workspace)}/events{(cursor is null ? new UrlQuery().Add("after", after) : new UrlQuery().Add("cursor", cursor))}",
            cancellationToken);

    private static string At(string workspace) => $"/workspaces/{Uri.EscapeDataString(workspace)}";
}
