using System.Text.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Gateway.Dashboard.Shared;

/// <summary>Reads single members of the data of events.</summary>
internal static class EventData
{
    /// <summary>A member as text: strings as they are, anything else as JSON; null where it is not there.</summary>
    /// <param name="names">The member of the data, a member of that, and so on.</param>
    public static string? Field(this EventResponse entry, params ReadOnlySpan<string> names)
    {
        if (entry.Data is not { } data)
        {
            return null;
        }

        using var document = JsonDocument.Parse(data.Utf8);
        var value = document.RootElement;
        foreach (var name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.Null ? null : value.ToString();
    }
}
