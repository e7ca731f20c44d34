namespace Orchestrator.Gateway.Requests;

/// <summary>A request header that an endpoint looks at.</summary>
internal sealed record HeaderParameter(string Name, string Description)
{
    public static readonly HeaderParameter IdempotencyKey = new(
        IdempotencyHeader.Name,
        "1 to 255 visible ASCII characters. The same key x, with another body 422; kept for a day.");

    public static readonly HeaderParameter Prefer = new("Prefer", "`wait=N`: answer when the task has ended, or after N seconds, 60 at most.");

    public static readonly HeaderParameter PreferRun = Prefer with { Description = "`wait=N`: answer when the run has ended, or after N seconds, 60 at most." };

    public static readonly HeaderParameter LastEventId = new("Last-Event-ID", "With `Accept: text/event-stream`: the `id` of the last event that was received.");
}
