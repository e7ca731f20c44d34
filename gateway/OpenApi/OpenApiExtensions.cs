using Orchestrator.Contracts.Json;

namespace Orchestrator.Gateway.OpenApi;

internal static class OpenApiExtensions
{
    public const string DocumentName = "v1";

    public static IServiceCollection AddGatewayOpenApi(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        // Any JSON has no schema of its own to point at.
        options.CreateSchemaReferenceId = type => type.Type == typeof(RawJson) || type.Type == typeof(RawJson?)
            ? null
            : Microsoft.AspNetCore.OpenApi.OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer<DocumentTransformer>();
        options.AddOperationTransformer<ParameterTransformer>();
        options.AddOperationTransformer<ResponseTransformer>();
        options.AddSchemaTransformer<SchemaTransformer>();
    });
}
