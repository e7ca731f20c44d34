using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Orchestrator.Gateway.OpenApi;

/// <summary>Says what the document is about, and leaves out where it was fetched.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Servers = [];
        document.Info = new OpenApiInfo
        {
            Title = "Orchestrator",
            Version = "v1",
            Description = "Runs AI and generation work for many teams at once. Errors are problem details (RFC 9457) whose `type` is stable; timestamps are RFC 3339 in UTC; members and query parameters that are not listed are refused.",
        };
        return Task.CompletedTask;
    }
}
