using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>The keywords about texts.</summary>
internal static class TextKeywords
{
    public static void Add(KeywordReader schema, SchemaNode node)
    {
        var min = schema.Count("minLength");
        var max = schema.Count("maxLength");
        if (min is not null || max is not null)
        {
            node.Add(new LengthRule(min, max));
        }

        if (schema.Text("pattern") is { } text && schema.Compiler.Pattern(text, schema.At("pattern")) is { } pattern)
        {
            node.Add(new PatternRule(pattern));
        }

        if (schema.Text("format") is { } name && SchemaFormat.Find(name) is { } format)
        {
            node.Add(new FormatRule(format));
        }
    }
}
