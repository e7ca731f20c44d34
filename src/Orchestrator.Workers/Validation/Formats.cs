using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Orchestrator.Core.Json;

namespace Orchestrator.Workers.Validation;

/// <summary>What texts of the known formats look like.</summary>
internal static partial class Formats
{
    private const int MaxHostname = 253;
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static bool IsDateTime(string text)
    {
        var mark = text.IndexOfAny(['T', 't']);
        return mark > 0 && IsDate(text[..mark]) && IsTime(text[(mark + 1)..]);
    }

    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool IsTime(string text)
    {
        if (!Time().IsMatch(text))
        {
            return false;
        }

        int Two(int at) => int.Parse(text.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var offset = text[^1] is 'Z' or 'z' ? 0 : (Two(text.Length - 5) * 60) + Two(text.Length - 2);
        var inUtc = (Two(0) * 60) + Two(3) - (text[^6] == '-' ? -offset : offset);

        // A leap second ends a day of UTC.
        return Two(0) < 24 && Two(3) < 60 && (Two(6) < 60 || (Two(6) == 60 && ((inUtc % 1440) + 1440) % 1440 == 1439));
    }

    public static bool IsDuration(string text) => Duration().IsMatch(text) && char.IsAsciiLetter(text[^1]) && text[^1] is not ('P' or 'T');

    public static bool IsEmail(string text) =>
        Email().Match(text) is { Success: true } match && (IsHostname(match.Groups["host"].Value) || IsLiteral(match.Groups["host"].Value));

    public static bool IsHostname(string text) => text.Length <= MaxHostname && Hostname().IsMatch(text);

    public static bool IsIpv4(string text) => Ipv4().IsMatch(text);

    public static bool IsIpv6(string text) =>
        Ipv6Characters().IsMatch(text)
        && (!text.Contains('.', StringComparison.Ordinal) || IsIpv4(text[(text.LastIndexOf(':') + 1)..]))
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    public static bool IsUri(string text) => UriReference().IsMatch(text) && Scheme().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    public static bool IsUriReference(string text) => UriReference().IsMatch(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);

    public static bool IsUuid(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    public static bool IsJsonPointer(string text) => JsonPointer.Split(text) is not null;

    private static bool IsLiteral(string host) =>
        host is ['[', .., ']'] && (IsIpv4(host[1..^1]) || (host.StartsWith("[IPv6:", StringComparison.OrdinalIgnoreCase) && IsIpv6(host[6..^1])));

    [GeneratedRegex(@"^[0-9]{2}:[0-5][0-9]:[0-9]{2}(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^P([0-9]+W|([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)?(T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S))?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex("""^([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"([^"\\\x00-\x1f\x7f-\uffff]|\\[ -~])*")@(?<host>[^@]+)\z""", Linear)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", Linear)]
    private static partial Regex Hostname();

    [GeneratedRegex(@"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.|\z)){4}(?<!\.)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"^[0-9A-Fa-f:.]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ipv6Characters();

    [GeneratedRegex(@"^([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*\z", Linear)]
    private static partial Regex UriReference();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
