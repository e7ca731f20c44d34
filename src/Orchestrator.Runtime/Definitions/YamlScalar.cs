using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Runtime.Definitions;

/// <summary>What a scalar without quotes is by the core schema of YAML 1.2: <c>yes</c> and <c>on</c> are texts, <c>1.0</c> is a number.</summary>
internal static partial class YamlScalar
{
    private const int MaxRadixLength = 100;

    /// <summary>The kind of a scalar, and what JSON writes for it where it is a number or a boolean.</summary>
    public static SourceKind Resolve(string text, out string json)
    {
        json = text;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return SourceKind.Null;
            case "true" or "True" or "TRUE":
                json = "true";
                return SourceKind.Boolean;
            case "false" or "False" or "FALSE":
                json = "false";
                return SourceKind.Boolean;
            default:
                var number = ToNumber(text);
                json = number ?? text;
                return number is null ? SourceKind.Text : SourceKind.Number;
        }
    }

    /// <summary>Whether it is one of the numbers that JSON does not have.</summary>
    public static bool IsInfinite(string text) => Infinite().IsMatch(text);

    /// <summary>Why a text cannot be kept; null where it can.</summary>
    public static string? FindFault(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0')
            {
                return "contains NUL.";
            }

            if (char.IsSurrogate(text[at]) && !(char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[++at])))
            {
                return "contains half of a surrogate pair.";
            }
        }

        return null;
    }

    /// <summary>A number as JSON writes it; null where the text is none.</summary>
    private static string? ToNumber(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
        {
            return null;
        }

        if (text.Length <= MaxRadixLength && Hexadecimal().IsMatch(text))
        {
            return BigInteger.Parse($"0{text.AsSpan(2)}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        if (text.Length <= MaxRadixLength && Octal().IsMatch(text))
        {
            return text.Skip(2).Aggregate(BigInteger.Zero, (value, digit) => (value * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture);
        }

        var match = Decimal().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var sign = match.Groups["sign"].Value == "-" ? "-" : "";
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? "" : "." + fraction)}{match.Groups["exponent"].Value}";
    }

    [GeneratedRegex(@"^(?<sign>[-+]?)(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?(?<exponent>([eE][-+]?[0-9]+)?)\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Infinite();
}
