using System.Globalization;

namespace Orchestrator.Gateway.Requests;

/// <summary>Timestamps with an offset: a time that could mean another moment elsewhere is refused.</summary>
internal static class Rfc3339
{
    public const string Expectation = "an RFC 3339 timestamp with an offset, in the years 1970 to 9998, such as 2026-01-31T12:00:00Z";

    private const int FirstYear = 1970;
    private const int LastYear = 9998;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static bool TryParse(string text, out DateTimeOffset value)
    {
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            value = parsed.ToUniversalTime();
            return value.Year is >= FirstYear and <= LastYear;
        }

        value = default;
        return false;
    }
}
