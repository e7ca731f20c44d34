namespace Orchestrator.Gateway.Requests;

/// <summary>Endpoint metadata: the query parameters it takes.</summary>
internal sealed record EndpointQuery(IReadOnlyList<QueryParameter> Parameters);
