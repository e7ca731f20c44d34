using System.Text.Json;
using Orchestrator.Core.Json;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>Where schemas stand in a schema. What stands elsewhere, as in <c>const</c> or <c>examples</c>, is no schema.</summary>
internal static class SubSchemas
{
    private static readonly HashSet<string> Single = new(StringComparer.Ordinal)
    {
        "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "unevaluatedItems",
        "unevaluatedProperties", "additionalItems", "items",
    };

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal) { "allOf", "anyOf", "oneOf", "prefixItems", "items" };

    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
    };

    public static IEnumerable<(JsonElement Element, string Pointer)> Of(JsonElement schema, string pointer)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var name = keyword.Name;
            var value = keyword.Value;
            var at = JsonPointer.Append(pointer, name);
            if (value.ValueKind == JsonValueKind.Array && Lists.Contains(name))
            {
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    yield return (item, JsonPointer.Append(at, index++));
                }
            }
            else if (value.ValueKind == JsonValueKind.Object && Maps.Contains(name))
            {
                // An entry of dependencies may also be a list of names.
                foreach (var member in value.EnumerateObject().Where(member => name != "dependencies" || member.Value.ValueKind != JsonValueKind.Array))
                {
                    yield return (member.Value, JsonPointer.Append(at, member.Name));
                }
            }
            else if (Single.Contains(name))
            {
                yield return (value, at);
            }
        }
    }
}
