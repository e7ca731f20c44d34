using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Schedules;
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

    private static bool IsRequest(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal) || type == typeof(ScheduleTask);

    private static void Bound(OpenApiSchema schema, Type owner, string name)
    {
        switch (name)
        {
            case "status" when owner == typeof(TaskResponse) || owner == typeof(WhyResponse) || owner == typeof(BulkFilterRequest):
                schema.Enum = Values(States);
                AllowNull(schema);
                break;
            case "status" when owner == typeof(RunResponse):
                schema.Enum = Values([.. RunStatusNames.All]);
                break;
            case "status" when owner == typeof(RunStepResponse):
                schema.Enum = Values([.. StepStatusNames.All]);
                break;
            case "maxParallel" when owner == typeof(RunResponse):
                (schema.Minimum, schema.Maximum) = ("1", $"{RunLimits.MaxMaxParallel}");
                break;
            case "operation" when owner == typeof(BulkRequest) || owner == typeof(BulkResponse):
                schema.Enum = Values(["cancel", "retry", "move"]);
                break;
            case "status" when owner == typeof(BulkResponse):
                schema.Enum = Values(["running", "completed"]);
                break;
            case "onDependencyFailure":
                schema.Enum = Values(["cancel", "run"]);
                AllowNull(schema);
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
            case "intervalMs":
                (schema.Minimum, schema.Maximum) = ($"{ScheduleLimits.MinIntervalMs}", $"{ScheduleLimits.MaxIntervalMs}");
                break;
            case "cron" or "timeZone" when IsRequest(owner):
                schema.MaxLength = name == "cron" ? ScheduleLimits.MaxCronLength : ScheduleLimits.MaxTimeZoneLength;
                break;
            case "missedFires":
                schema.Enum = Values(["skip", "once"]);
                AllowNull(schema);
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

    private static void AllowNull(OpenApiSchema schema)
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
        {
            schema.Enum!.Add(JsonNullSentinel.JsonNull);
        }
    }

    private static List<JsonNode> Values(string[] values) => [.. values.Select(value => (JsonNode)value)];
}
