namespace Orchestrator.Workers.Validation;

/// <summary>A format that texts are checked for.</summary>
/// <param name="Description">What such a text is, as in "must be …".</param>
internal sealed record SchemaFormat(string Description, Func<string, bool> IsMet)
{
    private static readonly Dictionary<string, SchemaFormat> Known = new(StringComparer.Ordinal)
    {
        ["date-time"] = new("a date and time of RFC 3339, as in 2030-01-02T03:04:05Z", Formats.IsDateTime),
        ["date"] = new("a date, as in 2030-01-02", Formats.IsDate),
        ["time"] = new("a time of RFC 3339, as in 03:04:05Z", Formats.IsTime),
        ["duration"] = new("a duration of ISO 8601, as in P1DT2H", Formats.IsDuration),
        ["email"] = new("an e-mail address", Formats.IsEmail),
        ["hostname"] = new("the name of a host", Formats.IsHostname),
        ["ipv4"] = new("an IPv4 address", Formats.IsIpv4),
        ["ipv6"] = new("an IPv6 address", Formats.IsIpv6),
        ["uri"] = new("a URI with its scheme", Formats.IsUri),
        ["uri-reference"] = new("a URI or a relative reference", Formats.IsUriReference),
        ["uuid"] = new("a UUID", Formats.IsUuid),
        ["json-pointer"] = new("a JSON Pointer", Formats.IsJsonPointer),
        ["regex"] = new("a regular expression", text => SchemaPattern.Create(text, out _) is not null),
    };

    /// <summary>Null for formats that are not checked.</summary>
    public static SchemaFormat? Find(string name) => Known.GetValueOrDefault(name);
}
