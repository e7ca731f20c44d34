using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Execution;

/// <summary>Checks JSON that workers give.</summary>
internal static class JsonBytes
{
    private static readonly JsonReaderOptions Reader = new() { MaxDepth = TaskLimits.MaxJsonDepth };

    /// <summary>Why the store could not keep it; null when it can.</summary>
    public static string? FindFlaw(string what, ReadOnlyMemory<byte> json, int maxBytes)
    {
        if (json.Length > maxBytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The {what} has {json.Length} bytes; at most {maxBytes} are kept.");
        }

        try
        {
            var reader = new Utf8JsonReader(json.Span, Reader);
            while (reader.Read())
            {
                // Strings are checked for invalid UTF-8 and lone surrogates only when they are read out.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && (reader.ValueIsEscaped || HasNonAscii(reader.ValueSpan)))
                {
                    reader.GetString();
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return $"The {what} is not valid JSON: {exception.Message}";
        }
    }

    private static bool HasNonAscii(ReadOnlySpan<byte> text) => !System.Text.Ascii.IsValid(text);
}
