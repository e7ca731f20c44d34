using System.Text.Json;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>The outputs that a plan can read: those at hand, and those that it keeps itself. Notes which others it was asked for.</summary>
internal sealed class RunOutputs(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> atHand)
{
    /// <summary>An array of outputs is deeper than each of them.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private Dictionary<string, ReadOnlyMemory<byte>>? _kept;
    private Dictionary<string, JsonElement>? _read;

    /// <summary>What was asked for and nobody holds.</summary>
    public IReadOnlySet<string> Missing => _missing;

    /// <summary>How often something was asked for that nobody holds.</summary>
    public int Misses { get; private set; }

    public static JsonElement Null { get; } = JsonElement.Parse("null"u8);

    public static ReadOnlyMemory<byte> NullBytes { get; } = "null"u8.ToArray();

    public void Keep(string name, ReadOnlyMemory<byte> output)
    {
        (_kept ??= new(StringComparer.Ordinal))[name] = output;
        Forget(name);
    }

    /// <summary>What was read under this name is read anew.</summary>
    public void Forget(string name) => _read?.Remove(name);

    /// <summary>An output as it is kept; <c>null</c> in place of one that is missing.</summary>
    public ReadOnlyMemory<byte> Find(string name)
    {
        if (_kept?.TryGetValue(name, out var kept) == true || atHand.TryGetValue(name, out kept))
        {
            return kept;
        }

        Misses++;
        _missing.Add(name);
        return NullBytes;
    }

    /// <summary>An output as a value, which is read once.</summary>
    /// <param name="find">Where it is not kept under this name.</param>
    public JsonElement Read(string name, Func<ReadOnlyMemory<byte>>? find = null)
    {
        if (_read?.TryGetValue(name, out var value) == true)
        {
            return value;
        }

        var misses = Misses;
        value = Parse(name, find is null ? Find(name) : find());
        if (misses == Misses)
        {
            (_read ??= new(StringComparer.Ordinal))[name] = value;
        }

        return value;
    }

    public static JsonElement Parse(string name, ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return Null;
        }

        try
        {
            return JsonElement.Parse(utf8.Span, Options);
        }
        catch (JsonException)
        {
            throw new ExpressionException($"'{name}' is no JSON.", 0);
        }
    }
}
