using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Cli.Output;

/// <summary>JSON as the API writes it, of which no character steers a terminal: the same value, with more of it as escapes.</summary>
internal static class SafeJson
{
    public static string Write<T>(T value, JsonTypeInfo<T> type, bool indented)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = type.Options.Encoder }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return Escape(Encoding.UTF8.GetString(buffer.ToArray()), keepsLayout: true);
    }

    /// <summary>What is given as JSON, on one line.</summary>
    public static string OneLine(JsonElement element) => Escape(JsonSerializer.Serialize(element, Relaxed.JsonElement), keepsLayout: false);

    private static ElementJson Relaxed { get; } =
        new(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Such characters stand in strings alone, but for the line ends between values.</summary>
    private static string Escape(string json, bool keepsLayout)
    {
        if (!json.Any(character => Offends(character, keepsLayout)))
        {
            return json;
        }

        var escaped = new StringBuilder(json.Length);
        foreach (var character in json)
        {
            if (Offends(character, keepsLayout))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    private static bool Offends(char character, bool keepsLayout) =>
        VisibleText.MustBeWritten(character) && !(keepsLayout && character is '\n' or '\r' or '\t');
}
