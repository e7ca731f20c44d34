using System.Globalization;
using System.Text.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Output;

/// <summary>Events for people: when, what, and what is said about it.</summary>
internal static class EventLines
{
    public static string Of(EventResponse entry)
    {
        var attempt = entry.Attempt is > 0 ? string.Create(CultureInfo.InvariantCulture, $"  attempt {entry.Attempt}") : "";
        return $"{entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}  {VisibleText.Of(entry.Type),-16}{attempt}{Members(entry)}";
    }

    private static string Members(EventResponse entry)
    {
        if (entry.Data is not { } data)
        {
            return "";
        }

        using var document = JsonDocument.Parse(data.Utf8);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? string.Concat(document.RootElement.EnumerateObject().Select(member => $"  {VisibleText.Of(member.Name)}={Details.Text(member.Value)}"))
            : $"  {Details.Text(document.RootElement)}";
    }
}
