using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Priorities;

/// <summary>
/// Tasks that a model may score, by id. Offering one costs a submission next to nothing and never waits; without a model it does
/// nothing at all.
/// </summary>
public sealed class ScoringQueue(IOptions<PriorityOptions> options, PriorityInstruments instruments, ScoringModels? models = null)
{
    private readonly Channel<Guid>? _tasks = models is null
        ? null
        : Channel.CreateBounded<Guid>(new BoundedChannelOptions(options.Value.QueueSize) { SingleReader = true });

    /// <summary>Queues tasks that may be scored; what does not fit keeps the score that it has.</summary>
    public void Offer(IEnumerable<Guid> taskIds)
    {
        if (_tasks is null)
        {
            return;
        }

        var dropped = 0;
        foreach (var id in taskIds)
        {
            dropped += _tasks.Writer.TryWrite(id) ? 0 : 1;
        }

        if (dropped > 0)
        {
            instruments.OnDropped(dropped);
        }
    }

    /// <summary>Waits until there are tasks.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken) => await _tasks!.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Takes what there is, at most <paramref name="limit"/>.</summary>
    internal HashSet<Guid> Take(int limit)
    {
        var taken = new HashSet<Guid>();
        while (taken.Count < limit && _tasks!.Reader.TryRead(out var id))
        {
            taken.Add(id);
        }

        return taken;
    }
}
