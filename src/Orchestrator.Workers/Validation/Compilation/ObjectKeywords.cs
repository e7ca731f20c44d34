using System.Text.Json;
using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>The keywords about objects.</summary>
internal static class ObjectKeywords
{
    public static void Add(KeywordReader schema, SchemaNode node)
    {
        if (schema.Names("required") is { Count: > 0 } required)
        {
            node.Add(new RequiredRule(required));
        }

        var min = schema.Count("minProperties");
        var max = schema.Count("maxProperties");
        if (min is not null || max is not null)
        {
            node.Add(new CountRule(JsonValueKind.Object, min, max));
        }

        AddProperties(schema, node);
        if (schema.Schema("propertyNames") is { } names)
        {
            node.Add(new PropertyNamesRule(names));
        }

        foreach (var (name, list, pointer) in schema.Members("dependentRequired"))
        {
            node.Add(new RequiredRule(schema.Names(list, pointer), becauseOf: name));
        }

        foreach (var (name, value, pointer) in schema.Members("dependentSchemas"))
        {
            AddDependent(node, name, schema.Member(value, pointer));
        }

        foreach (var (name, value, pointer) in schema.Members("dependencies"))
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                node.Add(new RequiredRule(schema.Names(value, pointer), becauseOf: name));
            }
            else
            {
                AddDependent(node, name, schema.Member(value, pointer));
            }
        }
    }

    private static void AddProperties(KeywordReader schema, SchemaNode node)
    {
        var named = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var (name, value, pointer) in schema.Members("properties"))
        {
            named.Add(name, schema.Member(value, pointer));
        }

        var patterns = new List<(SchemaPattern, SchemaNode)>();
        foreach (var (text, value, pointer) in schema.Members("patternProperties"))
        {
            if (schema.Compiler.Pattern(text, pointer) is { } pattern)
            {
                patterns.Add((pattern, schema.Member(value, pointer)));
            }
        }

        var others = schema.Schema("additionalProperties");
        if (named.Count > 0 || patterns.Count > 0 || others is not null)
        {
            var refuses = schema.Find("additionalProperties") is { ValueKind: JsonValueKind.False };
            node.Add(new PropertiesRule(named, patterns, others, refuses));
        }
    }

    private static void AddDependent(SchemaNode node, string name, SchemaNode schema) =>
        Keywords.AddSamePlace(node, new DependentSchemaRule(name, schema), schema);
}
