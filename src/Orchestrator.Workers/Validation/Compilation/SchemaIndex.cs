using System.Text.Json;
using Orchestrator.Core.Json;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>Every name that a schema gives to a part of itself, and what references to them lead to.</summary>
internal sealed class SchemaIndex
{
    // Stands for the address that the schema does not have, so that relative names in it can be resolved.
    private static readonly Uri Nowhere = new("schema://this/");

    private readonly Dictionary<string, SchemaLocation> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaLocation> _anchors = new(StringComparer.Ordinal);
    private readonly SchemaDialect _dialect;

    public SchemaIndex(JsonElement root, SchemaDialect dialect)
    {
        _dialect = dialect;
        Root = Locate(root, JsonPointer.Root, Nowhere);
        _resources[Nowhere.AbsoluteUri] = Root;
        var pending = new Stack<SchemaLocation>([Root]);
        while (pending.TryPop(out var location))
        {
            Add(location);
            foreach (var (element, pointer) in SubSchemas.Of(location.Element, location.Pointer))
            {
                pending.Push(Locate(element, pointer, location.Base));
            }
        }
    }

    public SchemaLocation Root { get; }

    /// <summary>A part with the address that holds in it.</summary>
    public SchemaLocation Locate(JsonElement element, string pointer, Uri outer) =>
        Name(element, _dialect.Id) is { } id && id.Split('#')[0] is { Length: > 0 } address && Uri.TryCreate(outer, address, out var own)
            ? new SchemaLocation(element, pointer, own)
            : new SchemaLocation(element, pointer, outer);

    /// <summary>What a reference leads to; null, and why, when it leads nowhere within the schema.</summary>
    public SchemaLocation? Resolve(SchemaLocation from, string reference, out string fault)
    {
        var parts = reference.Split('#', 2);
        var fragment = parts.Length == 1 ? string.Empty : Uri.UnescapeDataString(parts[1]);
        var address = from.Base;
        fault = $"refers to {Quote.Of(reference)}, which is no part of the schema; nothing is fetched from elsewhere.";
        if ((parts[0].Length > 0 && !Uri.TryCreate(from.Base, parts[0], out address)) || !_resources.TryGetValue(address!.AbsoluteUri, out var resource))
        {
            return null;
        }

        if (fragment.Length == 0)
        {
            return resource;
        }

        var found = fragment[0] == '/' ? Walk(resource, fragment) : _anchors.GetValueOrDefault(Anchor(address, fragment));
        fault = $"refers to {Quote.Of(reference)}, and there is nothing.";
        return found;
    }

    private SchemaLocation? Walk(SchemaLocation from, string pointer)
    {
        if (JsonPointer.Split(pointer) is not { } steps)
        {
            return null;
        }

        var location = from;
        foreach (var step in steps)
        {
            if (Step(location.Element, step) is not { } element)
            {
                return null;
            }

            location = Locate(element, JsonPointer.Append(location.Pointer, step), location.Base);
        }

        return location;
    }

    private static JsonElement? Step(JsonElement element, string step) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(step, out var member) => member,
        JsonValueKind.Array when int.TryParse(step, System.Globalization.NumberStyles.None, null, out var index) && index < element.GetArrayLength() => element[index],
        _ => null,
    };

    private void Add(SchemaLocation location)
    {
        if (Name(location.Element, _dialect.Id) is { } id)
        {
            var parts = id.Split('#', 2);
            if (parts[0].Length > 0)
            {
                _resources.TryAdd(location.Base.AbsoluteUri, location);
            }

            if (parts.Length == 2 && parts[1].Length > 0)
            {
                _anchors.TryAdd(Anchor(location.Base, parts[1]), location);
            }
        }

        foreach (var keyword in new[] { "$anchor", "$dynamicAnchor" })
        {
            if (Name(location.Element, keyword) is { } anchor)
            {
                _anchors.TryAdd(Anchor(location.Base, anchor), location);
            }
        }
    }

    private string? Name(JsonElement element, string keyword) =>
        element.ValueKind == JsonValueKind.Object
        && !(_dialect.RefStandsAlone && element.TryGetProperty("$ref", out _))
        && element.TryGetProperty(keyword, out var name)
        && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    private static string Anchor(Uri address, string name) => $"{address.AbsoluteUri}#{name}";
}
