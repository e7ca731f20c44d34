using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway.Requests;

/// <summary>
/// Reads the members of one JSON object and gathers what is wrong with them. A member that is null counts as left out,
/// unless the reader was told that null means something.
/// </summary>
internal sealed class ObjectReader
{
    private readonly JsonElement _element;
    private readonly List<string> _asked = [];
    private int _found;

    private ObjectReader(JsonElement element, string pointer, FieldErrors errors)
    {
        _element = element;
        Pointer = pointer;
        Errors = errors;
    }

    public string Pointer { get; }

    public FieldErrors Errors { get; }

    /// <summary>A reader of the object; null, and an error, when it is none.</summary>
    public static ObjectReader? Open(JsonElement element, string pointer, FieldErrors errors)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new ObjectReader(element, pointer, errors);
        }

        errors.Malformed(pointer, "must be an object.");
        return null;
    }

    public string At(string name) => JsonPointer.Append(Pointer, name);

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>The member, or null when it is left out. Each member is asked for once.</summary>
    public JsonElement? Find(string name)
    {
        _asked.Add(name);
        if (!_element.TryGetProperty(name, out var value))
        {
            return null;
        }

        _found++;
        return value;
    }

    /// <summary>Whether the member is there and null.</summary>
    public bool IsNull(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>Whether the member is there and says something.</summary>
    public bool IsGiven(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the member is there and a list.</summary>
    public bool IsArray(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array;

    /// <summary>Says that the member must be there.</summary>
    public void Require(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            Errors.Malformed(At(name), "is required.");
        }
    }

    /// <summary>Says that the member, if it is there, must not be null.</summary>
    public void RefuseNull(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (IsNull(name))
            {
                Errors.Malformed(At(name), "must not be null; leave it out to keep what is.");
            }
        }
    }

    public string? Text(string name, int maxLength, int minLength = 1) =>
        Value(name) is { } value ? CheckText(value, At(name), maxLength, minLength) : null;

    public int? Integer(string name, int min, int max) => (int?)BigInteger(name, min, max);

    public long? BigInteger(string name, long min, long max)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Errors.Malformed(At(name), string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}."));
        return null;
    }

    public double? Number(string name, double min, double max)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Errors.Malformed(At(name), string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}."));
        return null;
    }

    public bool? Flag(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        Errors.Malformed(At(name), "must be true or false.");
        return null;
    }

    public DateTimeOffset? Timestamp(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Rfc3339.TryParse(value.GetString()!, out var moment))
        {
            return moment;
        }

        Errors.Malformed(At(name), $"must be {Rfc3339.Expectation}.");
        return null;
    }

    public Guid? Id(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Guid.TryParseExact(value.GetString(), "D", out var id))
        {
            return id;
        }

        Errors.Malformed(At(name), "must be a UUID.");
        return null;
    }

    /// <summary>The entries of an array with their pointers; null when it is left out or is none.</summary>
    public IReadOnlyList<(JsonElement Value, string Pointer)>? Array(string name, int maxItems, int minItems = 0)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        var pointer = At(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            Errors.Malformed(pointer, "must be an array.");
            return null;
        }

        if (value.GetArrayLength() < minItems || value.GetArrayLength() > maxItems)
        {
            Errors.Malformed(pointer, string.Create(CultureInfo.InvariantCulture, $"must have from {minItems} to {maxItems} entries, not {value.GetArrayLength()}."));
            return null;
        }

        return [.. value.EnumerateArray().Select((entry, index) => (entry, JsonPointer.Append(pointer, index)))];
    }

    /// <summary>An array of different texts.</summary>
    public IReadOnlyList<string>? Texts(string name, int maxItems, int maxLength)
    {
        if (Array(name, maxItems) is not { } entries)
        {
            return null;
        }

        var texts = new List<string>(entries.Count);
        foreach (var (value, pointer) in entries)
        {
            if (CheckText(value, pointer, maxLength, 1) is not { } text)
            {
                continue;
            }

            if (texts.Contains(text))
            {
                Errors.Malformed(pointer, "is there twice.");
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>A copy of any JSON value, byte for byte; null when it is left out.</summary>
    public ReadOnlyMemory<byte>? Raw(string name, int maxBytes)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length <= maxBytes)
        {
            return raw.ToArray();
        }

        Errors.TooLarge(At(name), string.Create(CultureInfo.InvariantCulture, $"has {raw.Length} bytes; at most {maxBytes} are taken."));
        return null;
    }

    /// <summary>Names every member that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        if (_found == _element.GetPropertyCount())
        {
            return;
        }

        foreach (var property in _element.EnumerateObject())
        {
            if (!_asked.Contains(property.Name))
            {
                Errors.Malformed(At(property.Name), $"is not a known member; known are {string.Join(", ", _asked)}.");
            }
        }
    }

    /// <summary>The text of a value that must be one of bounded length; null, and an error, when it is not.</summary>
    public string? CheckText(JsonElement value, string pointer, int maxLength, int minLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Errors.Malformed(pointer, "must be a string.");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length >= minLength && text.Length <= maxLength)
        {
            return text;
        }

        Errors.Malformed(pointer, string.Create(CultureInfo.InvariantCulture, $"must have from {minLength} to {maxLength} characters, not {text.Length}."));
        return null;
    }

    private JsonElement? Value(string name) => Find(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;
}
