using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Client.Http;

/// <summary>Writes requests without the members that are not set: null would mean to clear them.</summary>
internal static class WireJson
{
    private static readonly ContractsJsonContext Requests = new(new JsonSerializerOptions(ContractsJsonContext.Default.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = ContractsJson.Context.Options.Encoder,
    });

    public static byte[] Write<T>(T body) => body is RawJson raw
        ? raw.Utf8.ToArray()
        : JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo<T>)(Requests.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is no wire type.")));

    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ContractsJson.TypeInfo<T>()) ?? throw new JsonException("There is a value where null stands.");
}
