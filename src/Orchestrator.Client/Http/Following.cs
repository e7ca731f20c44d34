using System.Globalization;
using System.Runtime.CompilerServices;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Http;

/// <summary>Waits for what takes its time, and follows it, over restarts of the gateway.</summary>
internal static class Following
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuickAnswer = TimeSpan.FromMilliseconds(200);

    /// <summary>It once it has ended, however long that takes.</summary>
    /// <param name="get">Asks for it, with how long the server is to wait for its end.</param>
    public static async Task<T> WaitForEndAsync<T>(
        this ApiConnection api, Func<TimeSpan, CancellationToken, Task<T>> get, Func<T, bool> hasEnded, CancellationToken cancellationToken)
    {
        var outage = new Outage(api.Options);
        while (true)
        {
            OrchestratorException? failure = null;
            var asked = api.Time.GetTimestamp();
            try
            {
                var found = await get(LongPoll, cancellationToken).ConfigureAwait(false);
                if (hasEnded(found))
                {
                    return found;
                }

                // A gateway that stops answers at once; so would one that does not wait.
                if (api.Time.GetElapsedTime(asked) > QuickAnswer)
                {
                    outage.End();
                    continue;
                }
            }
            catch (OrchestratorException exception) when (exception.IsTransient)
            {
                failure = exception;
            }

            await outage.PauseAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A history, live, each event once and in order, until the server ends the stream behind an event that is the last.</summary>
    public static async IAsyncEnumerable<EventResponse> FollowAsync(
        this ApiConnection api, string path, Func<EventResponse, bool> isLast, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var outage = new Outage(api.Options);
        while (true)
        {
            OrchestratorException? failure = null;
            EventStream? stream = null;
            try
            {
                stream = await OpenAsync(api, path, after, cancellationToken).ConfigureAwait(false);
                if (stream is null)
                {
                    yield break;
                }
            }
            catch (OrchestratorException exception) when (exception.IsTransient)
            {
                failure = exception;
            }

            if (stream is not null)
            {
                using var open = stream;
                var ended = false;
                while (await stream.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    outage.End();
                    ended = isLast(entry);
                    if (entry.Seq > after)
                    {
                        after = entry.Seq;
                        yield return entry;
                    }
                }

                if (ended)
                {
                    yield break;
                }
            }

            await outage.PauseAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A history as far as it goes now.</summary>
    public static IAsyncEnumerable<EventResponse> ListEventsAsync(this ApiConnection api, string path, int after, CancellationToken cancellationToken) =>
        api.ListAsync<EventResponse>(
            cursor => $"{path}{(cursor is null ? new UrlQuery().Add("after", after) : new UrlQuery().Add("cursor", cursor))}", cancellationToken);

    /// <summary>Null when nothing can follow.</summary>
    private static async Task<EventStream?> OpenAsync(ApiConnection api, string path, int after, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get(path) with
        {
            Headers = [("Accept", EventStream.MediaType), ("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture))],
        };
        var response = await api.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NoContent)
        {
            response.Dispose();
            return null;
        }

        return new EventStream(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), api.Time);
    }
}
