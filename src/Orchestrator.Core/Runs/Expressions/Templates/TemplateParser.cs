using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Core.Runs.Expressions.Syntax;
using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

namespace Orchestrator.Core.Runs.Expressions.Templates;

/// <summary>Finds the expressions in a JSON value.</summary>
internal sealed class TemplateParser(Reads reads)
{
    public Piece Parse(JsonElement value, TemplatePath path) => value.ValueKind switch
    {
        _ when !HoldsDollar(value) => Constant(value, path),
        JsonValueKind.String => ParseText(value, path),
        JsonValueKind.Array => new ArrayPiece(path, [.. value.EnumerateArray().Select((item, index) => Parse(item, path.Append(index)))]),
        JsonValueKind.Object => new ObjectPiece(path, [.. value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Parse(member.Value, path.Append(member.Name))))]),
        _ => Constant(value, path),
    };

    private Piece ParseText(JsonElement value, TemplatePath path)
    {
        var parts = ExpressionText.ParseParts(value.GetString()!, reads, path);
        return parts is [Node node] ? new ExpressionPiece(path, node) : new TextPiece(path, parts);
    }

    /// <summary>Whether there can be an expression in it; the dollar may be written as an escape.</summary>
    private static bool HoldsDollar(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.Contains((byte)'$') || raw.IndexOf("\\u"u8) >= 0;
    }

    private static ConstantPiece Constant(JsonElement value, TemplatePath path) => new(path, JsonMarshal.GetRawUtf8Value(value).ToArray());
}
