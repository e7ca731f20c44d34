namespace Orchestrator.Core.Runs.Expressions.Values;

internal static class ValueKindNames
{
    /// <summary>As in "takes a number, not an array".</summary>
    public static string WithArticle(this ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Array => "an array",
        ValueKind.Object => "an object",
        _ => $"a {kind.Name()}",
    };

    public static string Name(this ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => "boolean",
        ValueKind.Number => "number",
        ValueKind.Text => "text",
        ValueKind.Array => "array",
        _ => "object",
    };
}
