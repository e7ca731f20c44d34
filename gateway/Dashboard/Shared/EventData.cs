using System.Text.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Gateway.Dashboard.Shared;

/// <summary>Reads single members of the data of events.</summary>
internal static class EventData
{
    /// <summary>A member as text: strings as they are, anything else as JSON; null where it is not there.</summary>
    public static string? Field(this EventResponse entry, string name)
    {
        if (entry.Data is not { } data)
        {
            return null;
        }

        using var document = JsonDocument.Parse(data.Utf8);
        return document.RootElement is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : null;
    }
}
