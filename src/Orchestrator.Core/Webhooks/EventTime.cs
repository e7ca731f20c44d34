using System.Globalization;

namespace Orchestrator.Core.Webhooks;

/// <summary>Times as every answer of the API writes them: RFC 3339 in UTC with microseconds.</summary>
public static class EventTime
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
