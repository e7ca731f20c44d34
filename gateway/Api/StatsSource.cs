using Orchestrator.Contracts.Cluster;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>The system in numbers. Counting reads every task that there is.</summary>
internal sealed class StatsSource(ITaskReader tasks, SiloDirectory directory, TimeProvider timeProvider)
{
    /// <summary>How many times as long as a count took it is recent.</summary>
    private const int Rest = 40;

    private Count? _last;

    /// <summary>As it is now.</summary>
    /// <param name="workspace">Whose tasks are counted; null for all that the caller sees.</param>
    public async Task<StatsResponse> CountAsync(string? workspace, CallerContext caller, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<TaskState, long>();
        foreach (var counted in workspace is not null ? [workspace] : caller.Workspaces ?? (IReadOnlyCollection<string?>)[null])
        {
            foreach (var (state, count) in await tasks.CountAsync(counted, cancellationToken))
            {
                counts[state] = counts.GetValueOrDefault(state) + count;
            }
        }

        var silos = await directory.ListPresentAsync(cancellationToken);
        return new StatsResponse
        {
            Workspace = workspace,
            Tasks = Enum.GetValues<TaskState>().ToDictionary(state => state.ToName(), state => counts.GetValueOrDefault(state)),
            Silos = silos.Count,
            Draining = silos.Count(silo => silo.Draining),
            Slots = silos.Sum(silo => silo.Slots),
            Busy = silos.Sum(silo => silo.Busy),
        };
    }

    /// <summary>
    /// As it was a short while ago, for those who ask again and again: the next count begins no sooner than <see cref="Rest"/> times as long as the
    /// last one took, so that it never takes more than a small share of the store.
    /// </summary>
    public async Task<StatsResponse> CountRecentAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _last) is { } last && timeProvider.GetElapsedTime(last.At) < last.Took * Rest)
        {
            return last.Stats;
        }

        var started = timeProvider.GetTimestamp();
        var stats = await CountAsync(workspace: null, CallerContext.Everyone, cancellationToken);
        Volatile.Write(ref _last, new Count(stats, timeProvider.GetTimestamp(), timeProvider.GetElapsedTime(started)));
        return stats;
    }

    private sealed record Count(StatsResponse Stats, long At, TimeSpan Took);
}
