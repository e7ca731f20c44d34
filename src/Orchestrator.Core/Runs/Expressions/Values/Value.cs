using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>
/// A JSON value: one that was read, which stays as it is written until somebody looks into it, or one that an expression made.
/// </summary>
internal readonly struct Value
{
    private readonly JsonElement _json;
    private readonly object? _made;

    private Value(ValueKind kind, object? made) => (Kind, _made) = (kind, made);

    private Value(ValueKind kind, JsonElement json) => (Kind, _json) = (kind, json);

    public static Value Null => default;

    public ValueKind Kind { get; }

    /// <summary>The value where it was read; undefined where it was made.</summary>
    public JsonElement Json => _json;

    public bool IsRead => _json.ValueKind != JsonValueKind.Undefined;

    public bool IsNull => Kind == ValueKind.Null;

    public static Value Of(bool value) => new(ValueKind.Boolean, value);

    public static Value Of(decimal value) => new(ValueKind.Number, value);

    public static Value Of(string value) => new(ValueKind.Text, value);

    public static Value Of(Value[] items) => new(ValueKind.Array, items);

    /// <param name="members">No name twice.</param>
    public static Value Of(KeyValuePair<string, Value>[] members) => new(ValueKind.Object, members);

    public static Value Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new Value(ValueKind.Boolean, json),
        JsonValueKind.Number => new Value(ValueKind.Number, json),
        JsonValueKind.String => new Value(ValueKind.Text, json),
        JsonValueKind.Array => new Value(ValueKind.Array, json),
        JsonValueKind.Object => new Value(ValueKind.Object, json),
        _ => Null,
    };

    public bool AsBoolean() => IsRead ? _json.GetBoolean() : (bool)_made!;

    /// <summary>The number; null where it is too large for one that can be computed with.</summary>
    public decimal? AsNumber(Evaluation evaluation, int position)
    {
        if (!IsRead)
        {
            return (decimal)_made!;
        }

        evaluation.ChargeCharacters(Size, position);
        return _json.TryGetDecimal(out var number) ? number : null;
    }

    public string AsText(Evaluation evaluation, int position)
    {
        evaluation.ChargeCharacters(Size, position);
        return IsRead ? _json.GetString()! : (string)_made!;
    }

    public int CountItems() => IsRead ? _json.GetArrayLength() : ((Value[])_made!).Length;

    public Value[] AsItems(Evaluation evaluation, int position)
    {
        evaluation.Charge(CountItems(), position);
        return IsRead ? [.. _json.EnumerateArray().Select(Of)] : (Value[])_made!;
    }

    /// <summary>The item at an index of the array; null outside of it.</summary>
    public Value ItemAt(int index, Evaluation evaluation, int position)
    {
        if (index < 0 || index >= CountItems())
        {
            return Null;
        }

        // Finding an item means to step over those before it.
        evaluation.ChargeCharacters(IsRead ? index : 0, position);
        return IsRead ? Of(_json[index]) : ((Value[])_made!)[index];
    }

    public int CountMembers() => IsRead ? _json.GetPropertyCount() : Members.Length;

    public KeyValuePair<string, Value>[] AsMembers(Evaluation evaluation, int position)
    {
        evaluation.Charge(CountMembers(), position);
        evaluation.ChargeCharacters(IsRead ? Size : 0, position);
        return IsRead ? [.. _json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Of(member.Value)))] : Members;
    }

    /// <summary>The member of the object; null where there is none.</summary>
    public bool TryMember(string name, Evaluation evaluation, int position, out Value value)
    {
        evaluation.ChargeCharacters(CountMembers() + name.Length, position);
        value = Null;
        if (IsRead)
        {
            var isThere = _json.TryGetProperty(name, out var json);
            value = Of(json);
            return isThere;
        }

        foreach (var member in Members)
        {
            if (member.Key == name)
            {
                value = member.Value;
                return true;
            }
        }

        return false;
    }

    /// <summary>The JSON of a value that was read.</summary>
    public ReadOnlySpan<byte> Raw => JsonMarshal.GetRawUtf8Value(_json);

    /// <summary>How long a value that was read, or a text, is.</summary>
    private int Size => IsRead ? Raw.Length : ((string)_made!).Length;

    private KeyValuePair<string, Value>[] Members => (KeyValuePair<string, Value>[])_made!;
}
