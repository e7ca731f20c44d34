using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Tasks;
using Orchestrator.Core.Workspaces;

namespace Orchestrator.Gateway.OpenApi;

/// <summary>Puts the closed sets and the bounds that the types themselves do not carry into the schemas.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    private static readonly string[] States = [.. Enum.GetValues<TaskState>().Select(state => state.ToName())];

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var isProperty = context.JsonPropertyInfo is not null;
        if (type == typeof(RawJson))
        {
            schema.Type = null;
            schema.Properties = null;
            schema.Required = null;
        }
        else if (type == typeof(DateTimeOffset))
        {
            var isNullable = context.JsonTypeInfo.Type != type || Nullable.GetUnderlyingType(context.JsonPropertyInfo?.PropertyType ?? type) is not null;
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        }
        else if (!isProperty && IsRequest(type))
        {
            schema.AdditionalPropertiesAllowed = false;
        }

        if (isProperty)
        {
            Bound(schema, context.JsonPropertyInfo!.DeclaringType, context.JsonPropertyInfo.Name);
        }

        return Task.CompletedTask;
    }

    private static bool IsRequest(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal);

    private static void Bound(OpenApiSchema schema, Type owner, string name)
    {
        switch (name)
        {
            case "status" when owner == typeof(TaskResponse) || owner == typeof(WhyResponse):
                schema.Enum = Values(States);
                break;
            case "onDependencyFailure":
                schema.Enum = Values(["cancel", "run"]);
                if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
                {
                    schema.Enum.Add(JsonNullSentinel.JsonNull);
                }

                break;
            case "priority":
                schema.OneOf =
                [
                    new OpenApiSchema { Type = JsonSchemaType.String, Enum = Values(["low", "medium", "high"]) },
                    new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = $"{TaskLimits.MaxScore}" },
                ];
                break;
            case "scoreSource":
                schema.Enum = Values(["heuristic", "model", "cache"]);
                break;
            case "code" when owner == typeof(TaskErrorResponse):
                schema.Enum = Values([.. ErrorCodes.All.Order(StringComparer.Ordinal)]);
                break;
            case "maxAttempts":
                (schema.Minimum, schema.Maximum) = ("1", $"{TaskLimits.MaxMaxAttempts}");
                break;
            case "timeoutMs":
                (schema.Minimum, schema.Maximum) = ($"{TaskLimits.MinTimeoutMs}", $"{TaskLimits.MaxTimeoutMs}");
                break;
            case "action" or "ref" or "workspace" or "id" when schema.Format is null && IsRequest(owner):
                schema.Pattern = $"^{ResourceName.Pattern}$";
                break;
            case "weight":
                (schema.Minimum, schema.Maximum) = ($"{WorkspaceLimits.MinWeight}", $"{WorkspaceLimits.MaxWeight}");
                break;
            case "maxParallel":
                (schema.Minimum, schema.Maximum) = ("1", $"{WorkspaceLimits.MaxMaxParallel}");
                break;
            case "tasks" when owner == typeof(SubmitBatchRequest):
                (schema.MinItems, schema.MaxItems) = (1, TaskLimits.MaxBatchSize);
                break;
        }
    }

    private static List<JsonNode> Values(string[] values) => [.. values.Select(value => (JsonNode)value)];
}
