using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Contracts.Json;

/// <summary>How the wire types are written: camelCase, text as it is rather than as escapes.</summary>
public static class ContractsJson
{
    /// <summary>The metadata to serialise with.</summary>
    public static ContractsJsonContext Context { get; } = new(new JsonSerializerOptions(ContractsJsonContext.Default.Options)
    {
        // Answers are application/json with nosniff, never spliced into HTML, so text need not be escaped for it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static JsonTypeInfo<T> TypeInfo<T>() =>
        (JsonTypeInfo<T>)(Context.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is no wire type."));
}
