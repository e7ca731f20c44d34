using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>type</c>.</summary>
internal sealed class TypeRule(IReadOnlyList<string> types) : IRule
{
    public static readonly IReadOnlyList<string> Names = ["null", "boolean", "object", "array", "number", "string", "integer"];

    private readonly string _expected = string.Join(" or ", types.Select(Article));

    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        foreach (var type in types)
        {
            if (Is(value, type))
            {
                return true;
            }
        }

        return evaluation.Fail(place, $"must be {_expected}, not {Article(NameOf(value))}.");
    }

    private static bool Is(JsonElement value, string type) =>
        type == "integer" ? value.ValueKind == JsonValueKind.Number && ExactNumber.Of(value).IsInteger : NameOf(value) == type;

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Article(string type) => type switch
    {
        "null" => "null",
        "object" or "array" => $"an {type}",
        "integer" => "a whole number",
        "boolean" => "true or false",
        _ => $"a {type}",
    };
}
