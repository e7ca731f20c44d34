using System.Globalization;
using System.Runtime.CompilerServices;
using Orchestrator.Client.Http;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <content>Waiting for tasks and following them, over restarts of the gateway.</content>
public sealed partial class TaskClient
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuickAnswer = TimeSpan.FromMilliseconds(200);

    /// <summary>The task once it has ended, however long that takes; the token gives up.</summary>
    public async Task<TaskResponse> WaitForEndAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var outage = new Outage(_api.Options);
        while (true)
        {
            OrchestratorException? failure = null;
            var asked = _api.Time.GetTimestamp();
            try
            {
                var task = await GetAsync(id, wait: LongPoll, cancellationToken: cancellationToken).ConfigureAwait(false);
                if (task.HasEnded())
                {
                    return task;
                }

                // A gateway that stops answers at once; so would one that does not wait.
                if (_api.Time.GetElapsedTime(asked) > QuickAnswer)
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

    /// <summary>
    /// A task's history from its beginning, live, each event once and in order, up to its last one. A stream that breaks off is
    /// resumed where it was. Chunks of output are events of the type <c>task.chunk</c>.
    /// </summary>
    /// <param name="after">Only events after this one.</param>
    public async IAsyncEnumerable<EventResponse> FollowAsync(
        Guid id, int after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var outage = new Outage(_api.Options);
        while (true)
        {
            OrchestratorException? failure = null;
            EventStream? stream = null;
            try
            {
                stream = await OpenStreamAsync(id, after, cancellationToken).ConfigureAwait(false);
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
                while (await stream.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    outage.End();
                    if (entry.Seq > after)
                    {
                        after = entry.Seq;
                        yield return entry;
                    }

                    if (entry.EndsTask())
                    {
                        yield break;
                    }
                }
            }

            await outage.PauseAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A task's history as far as it goes now.</summary>
    /// <param name="after">Only events after this one.</param>
    public IAsyncEnumerable<EventResponse> ListEventsAsync(Guid id, int after = 0, CancellationToken cancellationToken = default) =>
        _api.ListAsync<EventResponse>(
            cursor => $"/tasks/{id}/events{(cursor is null ? new UrlQuery().Add("after", after) : new UrlQuery().Add("cursor", cursor))}",
            cancellationToken);

    /// <summary>Null when nothing can follow.</summary>
    private async Task<EventStream?> OpenStreamAsync(Guid id, int after, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get($"/tasks/{id}/events") with
        {
            Headers = [("Accept", EventStream.MediaType), ("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture))],
        };
        var response = await _api.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NoContent)
        {
            response.Dispose();
            return null;
        }

        return new EventStream(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _api.Time);
    }
}
