using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Gateway.Dashboard.Definitions;

/// <summary>What somebody may begin with who fills in an input: its members with their defaults, or with nothing of their type.</summary>
internal static class InputTemplate
{
    private const int MaxDepth = 4;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement schema) => (Value(schema, 0) ?? new JsonObject()).ToJsonString(Readable);

    private static JsonNode? Value(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return null;
        }

        foreach (var name in (string[])["default", "const"])
        {
            if (schema.TryGetProperty(name, out var given))
            {
                return JsonNode.Parse(given.GetRawText());
            }
        }

        return TypeOf(schema) switch
        {
            "object" => Members(schema, depth),
            "array" => new JsonArray(),
            "string" => JsonValue.Create(""),
            "integer" or "number" => JsonValue.Create(0),
            "boolean" => JsonValue.Create(false),
            _ => null,
        };
    }

    private static JsonObject Members(JsonElement schema, int depth)
    {
        var members = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                members[property.Name] = Value(property.Value, depth + 1);
            }
        }

        return members;
    }

    private static string? TypeOf(JsonElement schema) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.String ? type.GetString() : null
        : schema.TryGetProperty("properties", out _) ? "object" : null;
}
