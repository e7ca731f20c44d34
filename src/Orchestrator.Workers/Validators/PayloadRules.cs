using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Validators;

/// <summary>The rules that a payload can be held to beside a schema: what must be there, bounds, size.</summary>
internal static class PayloadRules
{
    /// <param name="rules">Of the form that <see cref="RuntimeValidator"/> takes.</param>
    public static void Check(JsonElement rules, JsonElement payload, List<PayloadError> errors)
    {
        if (Find(rules, "maxBytes") is { } maxBytes && JsonMarshal.GetRawUtf8Value(payload).Length is var bytes && bytes > maxBytes.GetDouble())
        {
            Add(errors, JsonPointer.Root, $"has {bytes} bytes; at most {maxBytes} may be there.");
        }

        if (Find(rules, "maxDepth") is { } maxDepth && Depth(payload) is var depth && depth > maxDepth.GetDouble())
        {
            Add(errors, JsonPointer.Root, $"is nested {depth} levels deep; at most {maxDepth} may be there.");
        }

        foreach (var pointer in Find(rules, "required")?.EnumerateArray().Select(item => item.GetString()!) ?? [])
        {
            if (Resolve(payload, pointer) is null)
            {
                Add(errors, pointer, "is required.");
            }
        }

        foreach (var bound in Find(rules, "bounds")?.EnumerateObject() ?? [])
        {
            if (Resolve(payload, bound.Name) is { } value)
            {
                CheckRange(bound.Name, bound.Value, value, errors);
                CheckLength(bound.Name, bound.Value, value, errors);
            }
        }
    }

    private static void CheckRange(string pointer, JsonElement bounds, JsonElement value, List<PayloadError> errors)
    {
        var min = Find(bounds, "min");
        var max = Find(bounds, "max");
        if (min is null && max is null)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Add(errors, pointer, "must be a number.");
        }
        else if (min is not null && ExactNumber.Of(value).CompareTo(ExactNumber.Of(min.Value)) < 0)
        {
            Add(errors, pointer, $"must be at least {min}.");
        }
        else if (max is not null && ExactNumber.Of(value).CompareTo(ExactNumber.Of(max.Value)) > 0)
        {
            Add(errors, pointer, $"must be at most {max}.");
        }
    }

    private static void CheckLength(string pointer, JsonElement bounds, JsonElement value, List<PayloadError> errors)
    {
        var min = Find(bounds, "minLength");
        var max = Find(bounds, "maxLength");
        if (min is null && max is null)
        {
            return;
        }

        var (length, unit) = value.ValueKind switch
        {
            JsonValueKind.String => (value.GetString()!.EnumerateRunes().Count(), "characters"),
            JsonValueKind.Array => (value.GetArrayLength(), "items"),
            _ => (-1, string.Empty),
        };

        if (length < 0)
        {
            Add(errors, pointer, "must be a string or an array.");
        }
        else if (length < min?.GetDouble())
        {
            Add(errors, pointer, $"must have at least {min} {unit}, not {length}.");
        }
        else if (length > max?.GetDouble())
        {
            Add(errors, pointer, $"must have at most {max} {unit}, not {length}.");
        }
    }

    private static JsonElement? Find(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement? Resolve(JsonElement value, string pointer)
    {
        foreach (var step in JsonPointer.Split(pointer)!)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var member))
            {
                value = member;
            }
            else if (value.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else
            {
                return null;
            }
        }

        return value;
    }

    private static int Depth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static void Add(List<PayloadError> errors, string pointer, FormattableString message) =>
        errors.Add(new PayloadError(pointer, message.ToString(CultureInfo.InvariantCulture)));

    private static void Add(List<PayloadError> errors, string pointer, string message) => errors.Add(new PayloadError(pointer, message));
}
