using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Workers.Validation.Rules;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>Makes a schema ready to check payloads: every schema in it once, whether used or not, so that all mistakes are told.</summary>
internal sealed class SchemaCompiler
{
    private readonly List<PayloadError> _errors;
    private readonly SchemaDialect _dialect;
    private readonly SchemaIndex _index;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaPattern?> _patterns = new(StringComparer.Ordinal);
    private readonly Queue<(SchemaLocation Location, SchemaNode Node)> _pending = new();

    public SchemaCompiler(JsonElement root, List<PayloadError> errors)
    {
        _errors = errors;
        _dialect = DialectOf(root);
        _index = new SchemaIndex(root, _dialect);
    }

    public SchemaDialect Dialect => _dialect;

    /// <summary>Whether some schema asks what others have looked at.</summary>
    public bool Tracks { get; set; }

    public SchemaNode Compile()
    {
        var root = NodeOf(_index.Root);
        while (_errors.Count < SchemaLimits.MaxErrors && _pending.TryDequeue(out var next))
        {
            Fill(next.Location, next.Node);
            if (_nodes.Count > SchemaLimits.MaxSchemas)
            {
                Report(JsonPointer.Root, $"has more than {SchemaLimits.MaxSchemas} schemas in it.");
                break;
            }
        }

        if (_errors.Count == 0)
        {
            SchemaChains.Check(_nodes.Values, _errors);
        }

        foreach (var node in _nodes.Values)
        {
            node.Tracks = Tracks;
        }

        return root;
    }

    public void Report(string pointer, string message)
    {
        if (_errors.Count < SchemaLimits.MaxErrors)
        {
            _errors.Add(new PayloadError(pointer, message));
        }
    }

    /// <summary>The compiled schema that stands at a place; it gets its rules later.</summary>
    public SchemaNode NodeOf(SchemaLocation location)
    {
        if (!_nodes.TryGetValue(location.Pointer, out var node))
        {
            node = new SchemaNode(location.Pointer);
            _nodes.Add(location.Pointer, node);
            _pending.Enqueue((location, node));
        }

        return node;
    }

    public SchemaNode NodeOf(JsonElement element, string pointer, SchemaLocation outer) =>
        NodeOf(_index.Locate(element, pointer, outer.Base));

    /// <summary>What a reference leads to; null, and an error, when that is nothing.</summary>
    public SchemaNode? Resolve(SchemaLocation from, string reference, string pointer)
    {
        if (_index.Resolve(from, reference, out var fault) is { } target)
        {
            return NodeOf(target);
        }

        Report(pointer, fault);
        return null;
    }

    /// <summary>A regular expression, made once however often it is there; null, and an error, when it is none.</summary>
    public SchemaPattern? Pattern(string text, string pointer)
    {
        if (_patterns.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_patterns.Count == SchemaLimits.MaxPatterns)
        {
            Report(pointer, $"is one pattern too many; a schema may have {SchemaLimits.MaxPatterns} different ones.");
            return null;
        }

        var pattern = SchemaPattern.Create(text, out var fault);
        if (pattern is null)
        {
            Report(pointer, fault);
        }

        _patterns.Add(text, pattern);
        return pattern;
    }

    private void Fill(SchemaLocation location, SchemaNode node)
    {
        switch (location.Element.ValueKind)
        {
            case JsonValueKind.True:
                break;
            case JsonValueKind.False:
                node.Add(new NeverRule());
                break;
            case JsonValueKind.Object:
                Keywords.Add(new KeywordReader(location, this), node);
                foreach (var (element, pointer) in SubSchemas.Of(location.Element, location.Pointer))
                {
                    NodeOf(element, pointer, location);
                }

                break;
            default:
                Report(location.Pointer, "must be a schema: an object, true or false.");
                break;
        }
    }

    private SchemaDialect DialectOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("$schema", out var schema))
        {
            return SchemaDialect.Unstated;
        }

        if (schema.ValueKind == JsonValueKind.String && SchemaDialect.Find(schema.GetString()!) is { } dialect)
        {
            return dialect;
        }

        Report("/$schema", "names no dialect that is known here; known are https://json-schema.org/draft/2020-12/schema, …/2019-09/schema, and http://json-schema.org/draft-07/schema#, draft-06 and draft-04.");
        return SchemaDialect.Unstated;
    }
}
