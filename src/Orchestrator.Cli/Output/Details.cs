using System.Globalization;
using System.Text.Json;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Output;

/// <summary>One thing for people: a line for each of its members that has a value, and below it, further in, what has members of its own.</summary>
internal static class Details
{
    /// <summary>Longer values are cut; <c>-o json</c> has them whole.</summary>
    private const int LongestValue = 4_000;

    private const string Step = "  ";

    /// <summary>Paths for programs.</summary>
    private static readonly string[] Paths = ["links", "why"];

    /// <summary>What others put in: JSON, whatever it holds.</summary>
    private static readonly string[] Given = ["input", "output", "result", "details", "document", "outputSchema"];

    /// <param name="told">Members that others say already.</param>
    public static IEnumerable<string> Of(JsonElement value, bool isolates, params string[] told) => value.ValueKind == JsonValueKind.Object
        ? Lines([.. Members(value).Where(member => !told.Contains(member.Name))], "", isolates)
        : [Text(value)];

    /// <summary>What somebody put in, on one line; null for nothing.</summary>
    public static string? Text(RawJson? json)
    {
        if (json is not { } given)
        {
            return null;
        }

        using var document = JsonDocument.Parse(given.Utf8);
        return document.RootElement.ValueKind == JsonValueKind.Null ? null : Text(document.RootElement);
    }

    public static string Text(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => VisibleText.Of(value.GetString()!),
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                string.Join(", ", value.EnumerateArray().Select(item => VisibleText.Of(item.GetString()!))),
            _ => SafeJson.OneLine(value),
        };
        return text.Length <= LongestValue
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Cut(text, LongestValue)} ({text.Length} characters; -o json has them all)");
    }

    private static IEnumerable<string> Lines(List<JsonProperty> members, string indent, bool isolates)
    {
        var width = members.Select(member => member.Name.Length).DefaultIfEmpty().Max();
        foreach (var member in members)
        {
            var name = VisibleText.Of(member.Name);
            if (IsPlain(member))
            {
                yield return Line(name, Text(member.Value));
                continue;
            }

            var isOne = member.Value.ValueKind == JsonValueKind.Object;
            yield return Line(name, isOne ? Short(member.Value) : "");
            var below = isOne
                ? Lines(Deep(member.Value), indent + Step, isolates)
                : member.Value.EnumerateArray().SelectMany(item => Lines(Deep(item), indent + Step + Step, isolates).Prepend(indent + Step + Shown(Short(item))));
            foreach (var line in below)
            {
                yield return line;
            }
        }

        string Line(string name, string text) => $"{indent}{name.PadRight(width)}  {Shown(text)}".TrimEnd();

        string Shown(string text) => isolates ? VisibleText.Isolate(text) : text;
    }

    /// <summary>The members that fit on one line, on it: <c>code: message (attempt 2)</c>, or <c>limit 5, spent 1</c>.</summary>
    private static string Short(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Text(value);
        }

        var plain = Members(value).Where(IsPlain).ToLookup(member => member.Name is "code" or "message");
        var said = string.Join(": ", plain[true].Select(member => Text(member.Value)));
        var others = string.Join(", ", plain[false].Select(member => $"{VisibleText.Of(member.Name)} {Text(member.Value)}"));
        return said.Length == 0 ? others : others.Length == 0 ? said : $"{said} ({others})";
    }

    /// <summary>The members that do not.</summary>
    private static List<JsonProperty> Deep(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? [.. Members(value).Where(member => !IsPlain(member))] : [];

    private static IEnumerable<JsonProperty> Members(JsonElement value) =>
        value.EnumerateObject().Where(member => !Paths.Contains(member.Name) && !IsNothing(member.Value));

    private static bool IsPlain(JsonProperty member) => Given.Contains(member.Name) || member.Value.ValueKind switch
    {
        JsonValueKind.Object => false,
        JsonValueKind.Array => member.Value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)),
        _ => true,
    };

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
