using System.Globalization;
using System.Text.Json;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Output;

/// <summary>One thing for people: a line for each of its members that has a value.</summary>
internal static class Details
{
    /// <summary>Longer values are cut; <c>-o json</c> has them whole.</summary>
    private const int LongestValue = 4_000;

    /// <summary>Paths for programs.</summary>
    private const string Links = "links";

    public static IEnumerable<string> Of(JsonElement value, bool isolates)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [Text(value)];
        }

        var members = value.EnumerateObject().Where(member => member.Name != Links && !IsNothing(member.Value)).ToList();
        var width = members.Select(member => member.Name.Length).DefaultIfEmpty().Max();
        return members.Select(member => $"{member.Name.PadRight(width)}  {(isolates ? VisibleText.Isolate(Text(member.Value)) : Text(member.Value))}");
    }

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

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
