using Orchestrator.Gateway.Api;

namespace Orchestrator.Gateway.Auditing;

/// <summary>The operations that the audit log tells of, by the ids that they have in the OpenAPI document.</summary>
internal sealed class AuditedOperations(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<string>> _names = new(() =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.RoutePattern.RawText?.StartsWith(ApiRoutes.Prefix, StringComparison.Ordinal) == true
                && endpoint.Metadata.GetMetadata<NotAudited>() is null
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(HttpMethods.IsGet) == false)
            .Select(static endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ]);

    public IReadOnlyList<string> Names => _names.Value;
}
