using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Client;

/// <summary>Between JSON values and what a program works with.</summary>
public static class JsonValues
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a value as JSON: camelCase members, unless the options say otherwise.</summary>
    public static RawJson ToRawJson<T>(T value, JsonSerializerOptions? options = null) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, options ?? Web));

    /// <summary>Writes a value with source-generated metadata.</summary>
    public static RawJson ToRawJson<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Reads a value, whose members' names may differ in case.</summary>
    /// <exception cref="JsonException">It has another form.</exception>
    public static T? Read<T>(this RawJson json, JsonSerializerOptions? options = null) => JsonSerializer.Deserialize<T>(json.Utf8.Span, options ?? Web);

    /// <summary>Reads a value with source-generated metadata.</summary>
    /// <exception cref="JsonException">It has another form.</exception>
    public static T? Read<T>(this RawJson json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json.Utf8.Span, type);
}
