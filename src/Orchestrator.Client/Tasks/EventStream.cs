using System.Text;
using System.Text.Json;
using Orchestrator.Client.Http;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <summary>Reads server-sent events until the stream ends, breaks off, or is silent for longer than a living one ever is.</summary>
internal sealed class EventStream(HttpResponseMessage response, Stream body, TimeProvider time) : IDisposable
{
    public const string MediaType = "text/event-stream";

    /// <summary>The server shows that it is there every 15 s.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private readonly StreamReader _reader = new(body, Encoding.UTF8);

    /// <summary>The next event; null when no more can come of this stream.</summary>
    public async Task<EventResponse?> NextAsync(CancellationToken cancellationToken)
    {
        var data = new StringBuilder();
        while (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data.Append(data.Length == 0 ? "" : "\n").Append(line.AsSpan(line.StartsWith("data: ", StringComparison.Ordinal) ? 6 : 5));
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                return Parse(data.ToString());
            }
        }

        // What has no empty line behind it was cut off, and comes again whole.
        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var silent = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silent.Token);
        try
        {
            return await _reader.ReadLineAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Broken off or silent: the same as ended, whoever reads opens another one.
            return null;
        }
    }

    private static EventResponse Parse(string data)
    {
        try
        {
            return WireJson.Read<EventResponse>(Encoding.UTF8.GetBytes(data));
        }
        catch (JsonException exception)
        {
            throw new OrchestratorException($"An event is not what the API sends: {exception.Message}", exception) { Status = 200 };
        }
    }
}
