using System.Text.Json;
using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>The keywords about numbers.</summary>
internal static class NumberKeywords
{
    public static void Add(KeywordReader schema, SchemaNode node)
    {
        AddBound(schema, node, "minimum", "exclusiveMinimum", "at least", "more than", order => order >= 0, order => order > 0);
        AddBound(schema, node, "maximum", "exclusiveMaximum", "at most", "less than", order => order <= 0, order => order < 0);
        if (schema.Number("multipleOf") is { } divisor)
        {
            if (divisor.GetDouble() > 0)
            {
                node.Add(new MultipleOfRule(divisor));
            }
            else
            {
                schema.Compiler.Report(schema.At("multipleOf"), "must be more than 0.");
            }
        }
    }

    private static void AddBound(
        KeywordReader schema, SchemaNode node, string keyword, string exclusive, string words, string exclusiveWords, Func<int, bool> fits, Func<int, bool> exclusiveFits)
    {
        // Draft 4 has a flag that makes the bound itself exclusive.
        var isFlag = schema.Find(exclusive) is { ValueKind: JsonValueKind.True or JsonValueKind.False };
        var isExclusive = isFlag && schema.Flag(exclusive);
        if (schema.Number(keyword) is { } bound)
        {
            node.Add(new NumberRule(bound, isExclusive ? exclusiveWords : words, isExclusive ? exclusiveFits : fits));
        }

        if (!isFlag && schema.Number(exclusive) is { } open)
        {
            node.Add(new NumberRule(open, exclusiveWords, exclusiveFits));
        }
    }
}
