using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Core.Json;

/// <summary>Text that JSON can write but a store cannot hold.</summary>
public static class JsonText
{
    /// <summary>What is wrong with the string or member name under the reader; null when nothing is.</summary>
    public static string? FindFault(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? FindFault(reader.ValueSpan) : null;

    /// <param name="raw">The text between the quotes, escapes and all, as a JSON reader accepted it.</param>
    private static string? FindFault(ReadOnlySpan<byte> raw)
    {
        var expectLow = false;
        while (!raw.IsEmpty)
        {
            var unit = NextUnit(raw, out var length);
            raw = raw[length..];
            var isLow = char.IsLowSurrogate((char)unit);
            if (unit == 0)
            {
                return "contains NUL (\\u0000).";
            }

            if (isLow != expectLow)
            {
                return "contains half of a surrogate pair.";
            }

            expectLow = char.IsHighSurrogate((char)unit);
        }

        return expectLow ? "contains half of a surrogate pair." : null;
    }

    /// <summary>The UTF-16 unit of the next escape; any other byte or escape stands for itself, since none of them is NUL or a surrogate.</summary>
    private static int NextUnit(ReadOnlySpan<byte> raw, out int length)
    {
        if (raw[0] != (byte)'\\')
        {
            length = 1;
            return raw[0];
        }

        if (raw[1] != (byte)'u')
        {
            length = 2;
            return raw[1];
        }

        length = 6;
        return int.Parse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
