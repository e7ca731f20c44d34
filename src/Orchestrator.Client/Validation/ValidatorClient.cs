using Orchestrator.Client.Http;
using Orchestrator.Contracts.Validation;

namespace Orchestrator.Client.Validation;

/// <summary>Judging payloads, without a task.</summary>
public sealed class ValidatorClient
{
    private readonly ApiConnection _api;

    internal ValidatorClient(ApiConnection api) => _api = api;

    /// <summary>Says all that is wrong with a payload by a JSON Schema and by rules. A schema that is none is refused as <c>validation</c>.</summary>
    public Task<ValidationResponse> ValidateAsync(ValidatePayloadRequest request, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ValidationResponse>(ApiRequest.Post("/validators/runtime", request), cancellationToken);
}
