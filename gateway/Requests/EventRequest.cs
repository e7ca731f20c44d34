using System.Globalization;
using Orchestrator.Gateway.Api;

namespace Orchestrator.Gateway.Requests;

/// <summary>What requests for histories say in their headers.</summary>
internal static class EventRequest
{
    public static bool WantsStream(HttpRequest request) =>
        !HeadRequests.IsHead(request.HttpContext)
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(EventStream.MediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The last event that the client has; null when it does not say.</summary>
    public static int? LastEventId(HttpRequest request, FieldErrors errors)
    {
        var header = request.Headers["Last-Event-ID"].ToString();
        if (header.Length == 0)
        {
            return null;
        }

        if (int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return seq;
        }

        errors.Malformed("/Last-Event-ID", "must be the id of an event, a whole number.");
        return null;
    }
}
