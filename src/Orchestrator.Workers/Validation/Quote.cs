using System.Text.Json;

namespace Orchestrator.Workers.Validation;

/// <summary>Repeats a little of a schema or payload in a message.</summary>
internal static class Quote
{
    public static string Of(JsonElement value) => Of(value.GetRawText());

    public static string Of(string text)
    {
        const int Max = SchemaLimits.MaxQuote;
        return text.Length <= Max ? text : $"{text[..(char.IsHighSurrogate(text[Max - 1]) ? Max - 1 : Max)]}…";
    }

    /// <summary>The first few of a list.</summary>
    public static string List(IEnumerable<string> items)
    {
        const int Max = 20;
        var first = items.Take(Max + 1).Select(Of).ToList();
        return first.Count <= Max ? string.Join(", ", first) : $"{string.Join(", ", first.Take(Max))}, …";
    }
}
