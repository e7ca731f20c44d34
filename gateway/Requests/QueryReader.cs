using System.Globalization;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads query parameters and gathers what is wrong with them; parameters that the endpoint does not declare are errors.</summary>
internal sealed class QueryReader
{
    private const int MaxLabelLength = 200;

    // The last moment there is, in microseconds since 1970; nothing fails as often as that.
    private static readonly long MaxErrorRank = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly IQueryCollection _query;
    private readonly FieldErrors _errors;

    public QueryReader(HttpContext http, FieldErrors errors)
    {
        _query = http.Request.Query;
        _errors = errors;
        RefuseUnknown(http, errors);
    }

    /// <summary>Names the parameters that the endpoint does not declare, and those that are there twice.</summary>
    public static void RefuseUnknown(HttpContext http, FieldErrors errors)
    {
        if (http.Request.Query.Count == 0)
        {
            return;
        }

        var known = http.GetEndpoint()?.Metadata.GetMetadata<EndpointQuery>()?.Parameters ?? [];
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.Any(parameter => parameter.Name == name))
            {
                errors.Malformed(At(name), known.Count == 0
                    ? "is not a known query parameter; this path takes none."
                    : $"is not a known query parameter; known are {string.Join(", ", known.Select(parameter => parameter.Name))}.");
            }
            else if (values.Count > 1)
            {
                errors.Malformed(At(name), "must not be there twice.");
            }
        }
    }

    public int Limit() => Integer("limit", 1, QueryParameters.MaxLimit) ?? QueryParameters.DefaultLimit;

    public TimeSpan Wait() => TimeSpan.FromSeconds(Integer("wait", 0, QueryParameters.MaxWaitSeconds) ?? 0);

    /// <summary>How far back to go.</summary>
    public TimeSpan TimelineDuration(TimelineOptions options) =>
        TimeSpan.FromSeconds(Integer("durationSeconds", 1, (int)options.Kept.TotalSeconds) ?? options.DurationSeconds);

    public int? Integer(string name, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        _errors.Malformed(At(name), string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}."));
        return null;
    }

    public bool Flag(string name) => Parse(name, "true or false", text => bool.TryParse(text, out var flag) ? flag : (bool?)null) ?? false;

    public TaskState? State() => Parse(
        "status",
        $"one of {string.Join(", ", QueryParameters.Status.Values!)}",
        text => TaskStateNames.TryParse(text, out var state) ? state : (TaskState?)null);

    public DeliveryState? DeliveryState() =>
        Parse("status", $"one of {string.Join(", ", QueryParameters.DeliveryStatus.Values!)}", DeliveryStateNames.Parse);

    public RunStatus? RunStatus() =>
        Parse("status", $"one of {string.Join(", ", QueryParameters.RunStatus.Values!)}", RunStatusNames.Parse);

    /// <summary>The version of a definition.</summary>
    public string? Version()
    {
        if (Text("version") is { } text && !DefinitionName.IsVersion(text))
        {
            _errors.Malformed(At("version"), $"must be of the form {DefinitionName.VersionPattern}.");
        }

        return Text("version");
    }

    /// <summary>The definition to filter by, with or without its version.</summary>
    public string? Definition()
    {
        const string anyVersion = "@1";
        if (Text("definition") is { } text && DefinitionName.Parse(text) is null && DefinitionName.Parse(text + anyVersion) is null)
        {
            _errors.Malformed(At("definition"), "must be of the form owner/name or owner/name@version.");
        }

        return Text("definition");
    }

    /// <summary>A place in a list of what has keys.</summary>
    public long? KeyCursor() => Parse(
        "cursor",
        "the nextCursor of an answer of this list",
        text => long.TryParse(Cursor.DecodeName(text), NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : (long?)null);

    public Guid? Id(string name) => Parse(name, "a UUID", text => Guid.TryParseExact(text, "D", out var id) ? id : (Guid?)null);

    public DateTimeOffset? Timestamp(string name) =>
        Parse(name, Rfc3339.Expectation, text => Rfc3339.TryParse(text, out var moment) ? moment : (DateTimeOffset?)null);

    public string? Name(string name)
    {
        if (Text(name) is { } text && !ResourceName.IsValid(text))
        {
            _errors.Malformed(At(name), $"must be of the form {ResourceName.Pattern}.");
        }

        return Text(name);
    }

    public string? OneOf(string name, IReadOnlyList<string> known)
    {
        if (Text(name) is { } text && !known.Contains(text))
        {
            _errors.Malformed(At(name), $"must be one of {string.Join(", ", known)}.");
        }

        return Text(name);
    }

    /// <summary>The tag to filter by.</summary>
    public string? Tag()
    {
        if (Text("tag") is { } text && (text.Length is 0 or > TaskLimits.MaxTagLength || text.Contains('\0', StringComparison.Ordinal)))
        {
            _errors.Malformed(At("tag"), $"must have from 1 to {TaskLimits.MaxTagLength} characters, none of them NUL.");
        }

        return Text("tag");
    }

    public Guid? IdCursor() => Parse("cursor", "the nextCursor of an answer of this list", Cursor.DecodeId);

    public string? NameCursor()
    {
        if (Text("cursor") is not { } text)
        {
            return null;
        }

        var name = Cursor.DecodeName(text);
        if (name is null || !ResourceName.IsValid(name))
        {
            _errors.Malformed(At("cursor"), "must be the nextCursor of an answer of this list.");
        }

        return name;
    }

    /// <summary>A place in a list of events' ids.</summary>
    public string? EventCursor()
    {
        if (Text("cursor") is not { } text)
        {
            return null;
        }

        var id = Cursor.DecodeName(text);
        if (id is null || id.Contains('\0', StringComparison.Ordinal))
        {
            _errors.Malformed(At("cursor"), "must be the nextCursor of an answer of this list.");
        }

        return id;
    }

    /// <summary>A place in a list of failures.</summary>
    public ErrorPlace? ErrorCursor()
    {
        const int length = 16;
        if (Text("cursor") is not { } text)
        {
            return null;
        }

        if (Cursor.DecodeName(text)?.Split('.') is [var rank, { Length: length } fingerprint]
            && long.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= MaxErrorRank
            && fingerprint.All(char.IsAsciiHexDigitLower))
        {
            return new ErrorPlace(number, fingerprint);
        }

        _errors.Malformed(At("cursor"), "must be the nextCursor of an answer of this list.");
        return null;
    }

    /// <summary>One of the values that the parameter can have.</summary>
    public string? Choice(QueryParameter parameter)
    {
        if (Text(parameter.Name) is { } text && !parameter.Values!.Contains(text))
        {
            _errors.Malformed(At(parameter.Name), $"must be one of {string.Join(", ", parameter.Values!)}.");
        }

        return Text(parameter.Name);
    }

    /// <summary>Any short text.</summary>
    public string? Label(string name)
    {
        if (Text(name) is { } text && (text.Length is 0 or > MaxLabelLength || text.Contains('\0', StringComparison.Ordinal)))
        {
            _errors.Malformed(At(name), $"must have from 1 to {MaxLabelLength} characters, none of them NUL.");
        }

        return Text(name);
    }

    private static string At(string name) => JsonPointer.Append(JsonPointer.Root, name);

    private string? Text(string name) => _query.TryGetValue(name, out var values) ? values.ToString() : null;

    private T? Parse<T>(string name, string expectation, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            _errors.Malformed(At(name), $"must be {expectation}.");
        }

        return value;
    }
}
