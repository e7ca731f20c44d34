using System.Text.Json;
using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>The keywords about arrays.</summary>
internal static class ArrayKeywords
{
    public static void Add(KeywordReader schema, SchemaNode node)
    {
        var min = schema.Count("minItems");
        var max = schema.Count("maxItems");
        if (min is not null || max is not null)
        {
            node.Add(new CountRule(JsonValueKind.Array, min, max));
        }

        AddItems(schema, node);
        AddContains(schema, node);
        if (schema.Flag("uniqueItems"))
        {
            node.Add(new UniqueItemsRule());
        }
    }

    private static void AddItems(KeywordReader schema, SchemaNode node)
    {
        var isList = schema.Find("items") is { ValueKind: JsonValueKind.Array };
        if (isList && !schema.Dialect.ListsInItems)
        {
            schema.Compiler.Report(schema.At("items"), "must be a schema; a list of them is called prefixItems.");
            return;
        }

        var first = isList ? List(schema, "items") : schema.Schemas("prefixItems") ?? [];
        var rest = isList ? "additionalItems" : "items";
        var others = schema.Schema(rest);
        if (first.Count > 0 || others is not null)
        {
            node.Add(new ItemsRule(first, others, refusesOthers: schema.Find(rest) is { ValueKind: JsonValueKind.False }));
        }
    }

    // The older drafts take an empty list.
    private static IReadOnlyList<SchemaNode> List(KeywordReader schema, string keyword) =>
        schema.Find(keyword)!.Value.GetArrayLength() == 0 ? [] : schema.Schemas(keyword) ?? [];

    private static void AddContains(KeywordReader schema, SchemaNode node)
    {
        var min = schema.Count("minContains");
        var max = schema.Count("maxContains");
        if (schema.Schema("contains") is { } contains)
        {
            node.Add(new ContainsRule(contains, min ?? 1, max, schema.Dialect.ContainsMarks));
        }
    }
}
