using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orchestrator.Core.Naming;
using Orchestrator.Gateway.Requests;

namespace Orchestrator.Gateway.OpenApi;

/// <summary>Describes the parameters that endpoints read themselves, and the form of ids in paths.</summary>
internal sealed class ParameterTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            DescribePath(parameter, context.Description.RelativePath ?? "");
        }

        operation.Parameters ??= [];
        foreach (var query in metadata.OfType<EndpointQuery>().LastOrDefault()?.Parameters ?? [])
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = ToSchema(query),
            });
        }

        foreach (var header in metadata.OfType<EndpointHeaders>().LastOrDefault()?.Headers ?? [])
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        if (operation.Parameters.Count == 0)
        {
            operation.Parameters = null;
        }

        return Task.CompletedTask;
    }

    private static void DescribePath(OpenApiParameter parameter, string path)
    {
        (parameter.Description, parameter.Schema) = parameter.Name switch
        {
            "ws" => ("The workspace.", Named()),
            "schedule" => ("The schedule.", Named()),
            "owner" => ("The definition's owner.", Named()),
            "name" when path.Contains("/definitions/", StringComparison.Ordinal) => ("The definition's name.", Named()),
            "step" => ("The step.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = $"^{StepName.Pattern}$" }),
            "name" => ("The resource.", Named()),
            "action" => ("The action without its `generation.`.", Named()),
            _ => ("A UUID.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }),
        };
    }

    private static OpenApiSchema Named() => new() { Type = JsonSchemaType.String, Pattern = $"^{ResourceName.Pattern}$" };

    private static OpenApiSchema ToSchema(QueryParameter query) => new()
    {
        Type = query.Type switch
        {
            "integer" => JsonSchemaType.Integer,
            "boolean" => JsonSchemaType.Boolean,
            _ => JsonSchemaType.String,
        },
        Format = query.Format,
        Minimum = query.Minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = query.Maximum?.ToString(CultureInfo.InvariantCulture),
        Enum = query.Values is { } values ? [.. values.Select(value => (JsonNode)value)] : null,
    };
}
