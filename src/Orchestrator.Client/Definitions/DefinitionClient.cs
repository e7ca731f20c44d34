using System.Text;
using Orchestrator.Client.Http;
using Orchestrator.Contracts.Definitions;

namespace Orchestrator.Client.Definitions;

/// <summary>Definitions of runs, for all workspaces. Once published they never change.</summary>
public sealed class DefinitionClient
{
    private readonly ApiConnection _api;

    internal DefinitionClient(ApiConnection api) => _api = api;

    /// <summary>
    /// Publishes a definition; the same document again is no mistake. Refused as <c>validation</c> with every mistake, its line and
    /// column, and as <c>definition-exists</c> when another document has its owner, name and version.
    /// </summary>
    /// <param name="document">The definition itself, in JSON or YAML.</param>
    /// <param name="isYaml">Whether it is YAML.</param>
    public Task<DefinitionResponse> PublishAsync(string document, bool isYaml = false, CancellationToken cancellationToken = default) =>
        SendAsync(document, isYaml, dryRun: null, cancellationToken);

    /// <summary>The same without publishing it.</summary>
    public Task<DefinitionResponse> CheckAsync(string document, bool isYaml = false, CancellationToken cancellationToken = default) =>
        SendAsync(document, isYaml, dryRun: "true", cancellationToken);

    /// <param name="version">Null for the one published last.</param>
    public Task<DefinitionResponse> GetAsync(string owner, string name, string? version = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<DefinitionResponse>(ApiRequest.Get($"{At(owner, name)}{new UrlQuery().Add("version", version)}"), cancellationToken);

    /// <summary>All of them by owner, name and time of publication, without their documents.</summary>
    public IAsyncEnumerable<DefinitionResponse> ListAsync(string? owner = null, string? name = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync<DefinitionResponse>(
            cursor => $"/definitions{new UrlQuery().Add("owner", owner).Add("name", name).Add("cursor", cursor)}", cancellationToken);

    internal static string At(string owner, string name) => $"/definitions/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}";

    private Task<DefinitionResponse> SendAsync(string document, bool isYaml, string? dryRun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var request = ApiRequest.Post($"/definitions{new UrlQuery().Add("dryRun", dryRun)}") with
        {
            Body = Encoding.UTF8.GetBytes(document),
            MediaType = isYaml ? "application/yaml" : ApiRequest.Json,
        };
        return _api.SendAsync<DefinitionResponse>(request, cancellationToken);
    }
}
