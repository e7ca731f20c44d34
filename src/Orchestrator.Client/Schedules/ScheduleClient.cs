using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Schedules;

namespace Orchestrator.Client.Schedules;

/// <summary>Tasks by the clock and at intervals.</summary>
public sealed class ScheduleClient
{
    private readonly ApiConnection _api;

    internal ScheduleClient(ApiConnection api) => _api = api;

    public Task<ScheduleResponse> CreateAsync(CreateScheduleRequest schedule, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ScheduleResponse>(ApiRequest.Create("/schedules", schedule), cancellationToken);

    /// <summary>Creates a schedule of JSON; the gateway tells every mistake in it.</summary>
    public Task<ScheduleResponse> CreateAsync(RawJson schedule, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ScheduleResponse>(ApiRequest.Create("/schedules", schedule), cancellationToken);

    public Task<ScheduleResponse> GetAsync(string schedule, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ScheduleResponse>(ApiRequest.Get(At(schedule)), cancellationToken);

    /// <summary>All of them, by id, without the input of their tasks.</summary>
    /// <param name="workspace">Only its own; null for all.</param>
    public IAsyncEnumerable<ScheduleResponse> ListAsync(string? workspace = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync<ScheduleResponse>(
            cursor => $"/schedules{new UrlQuery().Add("workspace", workspace).Add("cursor", cursor)}", cancellationToken);

    /// <summary>Changes what is set; the rest stays.</summary>
    public Task<ScheduleResponse> PatchAsync(string schedule, PatchScheduleRequest change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ScheduleResponse>(ApiRequest.Patch(At(schedule), change), cancellationToken);

    /// <summary>Changes a schedule with JSON.</summary>
    public Task<ScheduleResponse> PatchAsync(string schedule, RawJson change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ScheduleResponse>(ApiRequest.Patch(At(schedule), change), cancellationToken);

    public Task DeleteAsync(string schedule, CancellationToken cancellationToken = default) => _api.DeleteAsync(At(schedule), cancellationToken);

    private static string At(string schedule) => $"/schedules/{Uri.EscapeDataString(schedule)}";
}
