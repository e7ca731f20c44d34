namespace Orchestrator.Gateway.Requests;

/// <summary>Endpoint metadata: the headers it looks at.</summary>
internal sealed record EndpointHeaders(IReadOnlyList<HeaderParameter> Headers);
