using System.Text.Json;
using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>Turns the keywords of a schema into rules; the cheap ones first, and those last that ask what the others looked at.</summary>
internal static class Keywords
{
    public static void Add(KeywordReader schema, SchemaNode node)
    {
        RefuseUnsupported(schema);
        var reference = schema.Reference("$ref");
        if (reference is not null && schema.Dialect.RefStandsAlone)
        {
            AddSamePlace(node, new AllOfRule([reference]), reference);
            return;
        }

        AddAnyKind(schema, node);
        NumberKeywords.Add(schema, node);
        TextKeywords.Add(schema, node);
        ObjectKeywords.Add(schema, node);
        ArrayKeywords.Add(schema, node);
        if (reference is not null)
        {
            AddSamePlace(node, new AllOfRule([reference]), reference);
        }

        AddBranches(schema, node);
        AddUnevaluated(schema, node, "unevaluatedProperties", JsonValueKind.Object);
        AddUnevaluated(schema, node, "unevaluatedItems", JsonValueKind.Array);
    }

    /// <summary>A rule that applies schemas to the same value as the one it belongs to.</summary>
    public static void AddSamePlace(SchemaNode node, IRule rule, params IEnumerable<SchemaNode> schemas)
    {
        node.Add(rule);
        node.SamePlace.AddRange(schemas);
    }

    private static void RefuseUnsupported(KeywordReader schema)
    {
        foreach (var keyword in new[] { "$dynamicRef", "$recursiveRef" })
        {
            if (schema.Has(keyword))
            {
                schema.Compiler.Report(schema.At(keyword), "is not supported; use $ref.");
            }
        }
    }

    private static void AddAnyKind(KeywordReader schema, SchemaNode node)
    {
        if (schema.Find("type") is { } type)
        {
            var names = type.ValueKind == JsonValueKind.String ? [type.GetString()!] : schema.Names(type, schema.At("type"));
            if (names.Count == 0 || names.Any(name => !TypeRule.Names.Contains(name)))
            {
                schema.Compiler.Report(schema.At("type"), $"must be one or a list of {string.Join(", ", TypeRule.Names)}.");
            }
            else
            {
                node.Add(new TypeRule(names));
            }
        }

        if (schema.Find("enum") is { } values)
        {
            if (values.ValueKind == JsonValueKind.Array)
            {
                node.Add(new EnumRule([.. values.EnumerateArray()]));
            }
            else
            {
                schema.Compiler.Report(schema.At("enum"), "must be a list of values.");
            }
        }

        if (schema.Find("const") is { } constant)
        {
            node.Add(new EnumRule([constant]));
        }
    }

    private static void AddBranches(KeywordReader schema, SchemaNode node)
    {
        if (schema.Schemas("allOf") is { } all)
        {
            AddSamePlace(node, new AllOfRule(all), all);
        }

        if (schema.Schemas("anyOf") is { } any)
        {
            AddSamePlace(node, new AnyOfRule("anyOf", any, exactlyOne: false), any);
        }

        if (schema.Schemas("oneOf") is { } one)
        {
            AddSamePlace(node, new AnyOfRule("oneOf", one, exactlyOne: true), one);
        }

        if (schema.Schema("not") is { } not)
        {
            AddSamePlace(node, new NotRule(not), not);
        }

        if (schema.Schema("if") is { } condition)
        {
            var then = schema.Schema("then");
            var otherwise = schema.Schema("else");
            AddSamePlace(node, new IfRule(condition, then, otherwise), new[] { condition, then, otherwise }.OfType<SchemaNode>());
        }
    }

    private static void AddUnevaluated(KeywordReader schema, SchemaNode node, string keyword, JsonValueKind kind)
    {
        if (schema.Schema(keyword) is { } rest)
        {
            schema.Compiler.Tracks = true;
            node.Add(new UnevaluatedRule(kind, rest));
        }
    }
}
