using System.Text;
using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Json;

/// <summary>Any JSON value, passed through byte for byte.</summary>
/// <param name="Utf8">One complete JSON value in UTF-8.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    public static RawJson? From(ReadOnlyMemory<byte>? utf8) => utf8 is { } value ? new RawJson(value) : null;

    public static RawJson? From(string? json) => json is null ? null : new RawJson(Encoding.UTF8.GetBytes(json));

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
