using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

/// <summary>The history of one run.</summary>
internal sealed class RunEvents(IRunStore runs, IRunWatcher watcher, Guid id) : IEventSource
{
    public ITaskSubscription Subscribe() => watcher.Subscribe(id);

    public async Task<EventPart?> ReadAsync(int after, int limit, CancellationToken cancellationToken)
    {
        // The state is read before the events: if it had ended by then, its end is among them.
        var ended = (await runs.FindEndedAsync([id], cancellationToken)).Count > 0;
        var events = await runs.ListEventsAsync(id, after, limit, cancellationToken);
        if (events.Count == 0 && after == 0)
        {
            return null;
        }

        var last = events.Count == 0 ? after : events[^1].Seq;
        return new EventPart([.. events.Select(entry => entry.ToResponse())], events.Count < limit ? last : last + 1, ended);
    }

    public ProblemException NotFound() => VisibleRuns.NotFound(id);
}
