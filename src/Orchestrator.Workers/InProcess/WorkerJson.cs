using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers;

/// <summary>How inputs are read and results are written where a worker brings no options of its own.</summary>
public static class WorkerJson
{
    /// <summary>Web names, and strict: unknown and duplicate members, missing required members, and null where the type excludes it are errors.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = TaskLimits.MaxJsonDepth,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
