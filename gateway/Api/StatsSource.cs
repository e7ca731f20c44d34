using System.Collections.Concurrent;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>
/// The system in numbers, for whoever asks. Counting reads every task there is, so all who ask at the same time share one count, and the
/// next begins no sooner than <see cref="Rest"/> times as long as the last one took: it never takes more than a small share of the store.
/// </summary>
internal sealed class StatsSource(ITaskReader tasks, SiloDirectory directory, TimeProvider timeProvider)
{
    /// <summary>How many times as long as a count took its result is good for.</summary>
    public const int Rest = 20;

    /// <summary>What is counted as quickly as this is counted anew for everybody who comes later.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(50);

    /// <summary>Counts of so many workspaces are kept at once.</summary>
    private const int MaxKept = 1_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<Count>>> _counts = new(StringComparer.Ordinal);

    /// <param name="workspace">Whose tasks are counted; null for all.</param>
    public async Task<StatsResponse> GetAsync(string? workspace, CancellationToken cancellationToken)
    {
        var key = workspace ?? "";
        while (true)
        {
            if (_counts.TryGetValue(key, out var known) && IsGood(known.Value))
            {
                return (await known.Value.WaitAsync(cancellationToken)).Stats;
            }

            // Too old, or failed: whoever comes first puts a new one in its place, and takes it however quickly it is there.
            var next = new Lazy<Task<Count>>(() => CountAsync(workspace));
            if (known is null ? _counts.TryAdd(key, next) : _counts.TryUpdate(key, next, known))
            {
                return (await next.Value.WaitAsync(cancellationToken)).Stats;
            }
        }
    }

    private bool IsGood(Task<Count> count) =>
        !count.IsCompleted || (count.IsCompletedSuccessfully && timeProvider.GetElapsedTime(count.Result.At) < count.Result.GoodFor);

    private async Task<Count> CountAsync(string? workspace)
    {
        if (_counts.Count > MaxKept)
        {
            _counts.Clear();
        }

        var started = timeProvider.GetTimestamp();
        var counts = await tasks.CountAsync(workspace, CancellationToken.None);
        var silos = await directory.ListPresentAsync(CancellationToken.None);
        var stats = new StatsResponse
        {
            Workspace = workspace,
            Tasks = Enum.GetValues<TaskState>().ToDictionary(state => state.ToName(), state => counts.GetValueOrDefault(state)),
            Silos = silos.Count,
            Draining = silos.Count(silo => silo.Draining),
            Slots = silos.Sum(silo => silo.Slots),
            Busy = silos.Sum(silo => silo.Busy),
        };
        var took = timeProvider.GetElapsedTime(started);
        return new Count(stats, timeProvider.GetTimestamp(), took <= Quick ? TimeSpan.Zero : took * Rest);
    }

    private sealed record Count(StatsResponse Stats, long At, TimeSpan GoodFor);
}
