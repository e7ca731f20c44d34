using System.Text.Json;
using Orchestrator.Core.Json;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>Reads the keywords of one schema, and reports those that do not hold what they must.</summary>
internal sealed class KeywordReader(SchemaLocation location, SchemaCompiler compiler)
{
    public SchemaCompiler Compiler => compiler;

    public SchemaDialect Dialect => compiler.Dialect;

    public string At(string keyword) => JsonPointer.Append(location.Pointer, keyword);

    public JsonElement? Find(string keyword) => location.Element.TryGetProperty(keyword, out var value) ? value : null;

    public bool Has(string keyword) => Find(keyword) is not null;

    public string? Text(string keyword) => Find(keyword) is { } value ? Text(value, At(keyword)) : null;

    public bool Flag(string keyword)
    {
        if (Find(keyword) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            compiler.Report(At(keyword), "must be true or false.");
        }

        return Find(keyword) is { ValueKind: JsonValueKind.True };
    }

    public JsonElement? Number(string keyword)
    {
        if (Find(keyword) is not { } value || value.ValueKind == JsonValueKind.Number)
        {
            return Find(keyword);
        }

        compiler.Report(At(keyword), "must be a number.");
        return null;
    }

    /// <summary>A whole number, not negative; what is larger than any count is as good as the largest.</summary>
    public long? Count(string keyword)
    {
        if (Find(keyword) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && ExactNumber.Of(value).IsInteger && value.GetDouble() is >= 0 and var count)
        {
            return (long)Math.Min(count, int.MaxValue);
        }

        compiler.Report(At(keyword), "must be a whole number, 0 or more.");
        return null;
    }

    /// <summary>A list of different texts.</summary>
    public IReadOnlyList<string>? Names(string keyword) => Find(keyword) is { } value ? Names(value, At(keyword)) : null;

    public IReadOnlyList<string> Names(JsonElement list, string pointer)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            compiler.Report(pointer, "must be a list of names.");
            return [];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = JsonPointer.Append(pointer, index++);
            if (Text(item, at) is { } name && !names.Add(name))
            {
                compiler.Report(at, "is there twice.");
            }
        }

        return [.. names];
    }

    public SchemaNode? Schema(string keyword) => Find(keyword) is { } value ? compiler.NodeOf(value, At(keyword), location) : null;

    /// <summary>A list of schemas with something in it.</summary>
    public IReadOnlyList<SchemaNode>? Schemas(string keyword)
    {
        if (Find(keyword) is not { } list)
        {
            return null;
        }

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0)
        {
            return [.. list.EnumerateArray().Select((item, index) => compiler.NodeOf(item, JsonPointer.Append(At(keyword), index), location))];
        }

        compiler.Report(At(keyword), "must be a list of at least one schema.");
        return null;
    }

    /// <summary>The members of an object keyword.</summary>
    public IEnumerable<(string Name, JsonElement Value, string Pointer)> Members(string keyword)
    {
        if (Find(keyword) is not { } map)
        {
            return [];
        }

        if (map.ValueKind == JsonValueKind.Object)
        {
            return map.EnumerateObject().Select(member => (member.Name, member.Value, JsonPointer.Append(At(keyword), member.Name)));
        }

        compiler.Report(At(keyword), "must be an object.");
        return [];
    }

    public SchemaNode Member(JsonElement value, string pointer) => compiler.NodeOf(value, pointer, location);

    public SchemaNode? Reference(string keyword) =>
        Text(keyword) is { } reference ? compiler.Resolve(location, reference, At(keyword)) : null;

    private string? Text(JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        compiler.Report(pointer, "must be a string.");
        return null;
    }
}
