using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Reads the event stream of a task or a run as a browser would.</summary>
public sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    public sealed record Event(int Id, string Type, JsonElement Data);

    public static async Task<HttpResponseMessage> RequestAsync(HttpClient client, Guid id, int? lastEventId = null, string of = "tasks")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{of}/{id}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is { } last)
        {
            request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<EventReader> OpenAsync(HttpClient client, Guid id, int? lastEventId = null, string of = "tasks")
    {
        var response = await RequestAsync(client, id, lastEventId, of);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<Event?> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var fields = new Dictionary<string, string>();
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length == 0 && fields.Count > 0)
            {
                return new Event(int.Parse(fields["id"], CultureInfo.InvariantCulture), fields["event"], JsonSerializer.Deserialize<JsonElement>(fields["data"]));
            }

            if (line.Length > 0 && line[0] != ':')
            {
                var (name, value) = (line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
                fields.Add(name, value);
            }
        }

        return null;
    }

    public async Task<IReadOnlyList<Event>> ReadToEndAsync()
    {
        var events = new List<Event>();
        while (await NextAsync() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
