using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Runtime.Watching;

namespace Orchestrator.Gateway.Api;

/// <summary>
/// Streams the history of a task or a run as server-sent events. It reads in small pages and writes no further than the connection
/// takes, so a reader that does not read holds one page and one server buffer, and is cut off by the server's data rate.
/// </summary>
internal sealed class EventStream(TimeProvider timeProvider, IHostApplicationLifetime lifetime)
{
    public const string MediaType = "text/event-stream";

    /// <summary>How long the stream may be silent before a comment shows that it is alive.</summary>
    public static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(15);

    private const int PageSize = 50;
    private const int FlushThreshold = 16 * 1024;

    /// <param name="after">The last event that the client has.</param>
    public async Task WriteAsync(HttpContext http, IEventSource source, int after)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var subscription = source.Subscribe();
        var history = await source.ReadAsync(after, PageSize, http.RequestAborted) ?? throw source.NotFound();
        if (after > 0 && history.Ended && after >= history.LastSeq)
        {
            // Tells an EventSource that there is nothing to reconnect for.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await OpenAsync(http);
        try
        {
            await FollowAsync(http.Response.BodyWriter, subscription, source, after, history, either.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The gateway stops: the stream ends, and the client resumes it elsewhere.
        }
    }

    private static async Task OpenAsync(HttpContext http)
    {
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private async Task FollowAsync(
        PipeWriter output, ITaskSubscription subscription, IEventSource source, int after, EventPart? history, CancellationToken cancellationToken)
    {
        var lastWrite = timeProvider.GetTimestamp();
        while (history is not null)
        {
            foreach (var entry in history.Events)
            {
                Write(output, entry);
                after = entry.Seq;
                if (output.UnflushedBytes >= FlushThreshold)
                {
                    await output.FlushAsync(cancellationToken);
                }
            }

            if (history.Events.Count == 0 && timeProvider.GetElapsedTime(lastWrite) >= CommentInterval)
            {
                output.Write(": still here\n\n"u8);
            }

            if (output.UnflushedBytes > 0)
            {
                await output.FlushAsync(cancellationToken);
                lastWrite = timeProvider.GetTimestamp();
            }

            if (after >= history.LastSeq)
            {
                if (history.Ended)
                {
                    return;
                }

                var silence = CommentInterval - timeProvider.GetElapsedTime(lastWrite);
                await subscription.WaitAsync(silence > TimeSpan.Zero ? silence : TimeSpan.Zero, cancellationToken);
            }

            history = await source.ReadAsync(after, PageSize, cancellationToken);
        }
    }

    private static void Write(PipeWriter output, EventResponse entry)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"id: {entry.Seq}\nevent: {entry.Type}\ndata: ");
        Encoding.UTF8.GetBytes(head, output);

        var json = JsonSerializer.SerializeToUtf8Bytes(entry, ContractsJson.TypeInfo<EventResponse>());

        // In JSON a raw line break can only be white space; in an event it would end the line.
        json.AsSpan().Replace((byte)'\n', (byte)' ');
        json.AsSpan().Replace((byte)'\r', (byte)' ');
        output.Write(json);
        output.Write("\n\n"u8);
    }
}
