using Orchestrator.Client.Http;
using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Client.Agents;

/// <summary>Agents, for all workspaces. Answers name their secrets and never tell them.</summary>
public sealed class AgentClient
{
    private readonly ApiConnection _api;

    internal AgentClient(ApiConnection api) => _api = api;

    /// <summary>Creates an agent; refused as <c>agent-exists</c> when there is one of this name.</summary>
    public Task<AgentResponse> CreateAsync(CreateAgentRequest agent, CancellationToken cancellationToken = default) =>
        _api.SendAsync<AgentResponse>(ApiRequest.Create("/agents", agent), cancellationToken);

    /// <summary>Creates an agent of JSON; the gateway tells every mistake in it.</summary>
    public Task<AgentResponse> CreateAsync(RawJson agent, CancellationToken cancellationToken = default) =>
        _api.SendAsync<AgentResponse>(ApiRequest.Create("/agents", agent), cancellationToken);

    public Task<AgentResponse> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _api.SendAsync<AgentResponse>(ApiRequest.Get(At(name)), cancellationToken);

    /// <summary>All of them, by name.</summary>
    public IAsyncEnumerable<AgentResponse> ListAsync(CancellationToken cancellationToken = default) =>
        _api.ListAsync<AgentResponse>(cursor => $"/agents{new UrlQuery().Add("cursor", cursor)}", cancellationToken);

    /// <summary>
    /// Replaces an agent by a new version, or creates it; a secret that is null stays as it is stored. When an answer is lost the
    /// request is sent again, and the version may have gone up by more than one.
    /// </summary>
    public Task<AgentResponse> PutAsync(string name, PutAgentRequest agent, CancellationToken cancellationToken = default) =>
        _api.SendAsync<AgentResponse>(ApiRequest.Put(At(name), agent), cancellationToken);

    /// <summary>Replaces an agent by JSON; the gateway tells every mistake in it.</summary>
    public Task<AgentResponse> PutAsync(string name, RawJson agent, CancellationToken cancellationToken = default) =>
        _api.SendAsync<AgentResponse>(ApiRequest.Put(At(name), agent), cancellationToken);

    /// <summary>Deletes an agent with all its versions.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => _api.DeleteAsync(At(name), cancellationToken);

    private static string At(string name) => $"/agents/{Uri.EscapeDataString(name)}";
}
