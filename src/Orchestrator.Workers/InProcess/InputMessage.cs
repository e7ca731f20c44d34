using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orchestrator.Workers;

/// <summary>Says in the words of JSON, and with the path, what a serializer could not read.</summary>
internal static partial class InputMessage
{
    /// <param name="exception">What the serializer said.</param>
    /// <param name="root">Where in the input the value is that it read.</param>
    public static string From(JsonException exception, string root = "$")
    {
        var path = exception.Path is ['$', .. var rest] ? root + rest : root;
        var message = Position().Replace(exception.Message, string.Empty);

        if (Unmapped().Match(message) is { Success: true } unmapped)
        {
            // The serializer names the member in its message and, in the path, sometimes only the object around it.
            var name = unmapped.Groups[1].Value;
            return $"{(path.EndsWith(name, StringComparison.Ordinal) ? path : $"{path}.{name}")}: there is no such member.";
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"{path}: required, but missing: {missing.Groups[1].Value.TrimEnd('.')}.";
        }

        if (Conversion().Match(message) is { Success: true } conversion)
        {
            return $"{path}: must be {Describe(conversion.Groups[1].Value)}.";
        }

        return $"{path}: {message}";
    }

    private static string Describe(string type) => type switch
    {
        "System.String" => "a string",
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" or "System.Int16" or "System.Byte" or "System.UInt32" or "System.UInt64" => "a whole number in range",
        "System.Double" or "System.Single" or "System.Decimal" => "a number",
        "System.DateTimeOffset" or "System.DateTime" => "a date and time in RFC 3339",
        "System.Guid" => "a UUID",
        _ when type.StartsWith("System.Nullable`1[", StringComparison.Ordinal) => Describe(type["System.Nullable`1[".Length..].TrimEnd(']')) + " or null",
        _ when type.EndsWith("[]", StringComparison.Ordinal) || type.Contains("Collections", StringComparison.Ordinal) => "an array or object of the expected form",
        _ => "of the expected form",
    };

    [GeneratedRegex(@" Path: .*$", RegexOptions.Singleline)]
    private static partial Regex Position();

    [GeneratedRegex(@"JSON property '(.+?)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex(@"missing required properties including: (.+)$|missing required properties, including the following: (.+)$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"could not be converted to (.+?)\.?$")]
    private static partial Regex Conversion();
}
