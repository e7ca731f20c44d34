using System.Collections.Concurrent;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>What the workers of a storm share, so that they fight over the same tasks.</summary>
internal sealed class StormSharedState
{
    private readonly ConcurrentDictionary<int, Guid> _tasks = [];
    private readonly ConcurrentDictionary<int, ClaimedTask> _claims = [];
    private int _cancelled;
    private int _settled;
    private int _lost;
    private int _parked;
    private int _delivered;
    private int _awaiting;
    private int _asked;

    public int Cancelled => _cancelled;

    public int Settled => _settled;

    public int Lost => _lost;

    public int Parked => _parked;

    public int Delivered => _delivered;

    public int Awaiting => _awaiting;

    public int Asked => _asked;

    public void Add(Guid task) => _tasks[_tasks.Count] = task;

    public void Add(ClaimedTask claim) => _claims[_claims.Count] = claim;

    public Guid? AnyTask(Random random) => _tasks.TryGetValue(random.Next(Math.Max(1, _tasks.Count)), out var task) ? task : null;

    /// <summary>Some claims, recent ones above all, and not taken out: others may settle them too.</summary>
    public IReadOnlyList<ClaimedTask> SomeClaims(Random random, int most) =>
    [
        .. Enumerable.Range(0, random.Next(1, most + 1))
            .Select(_ => _claims.GetValueOrDefault(Math.Max(0, _claims.Count - 1 - random.Next(40))))
            .OfType<ClaimedTask>()
            .DistinctBy(claim => claim.Lease),
    ];

    public void CountCancelled() => Interlocked.Increment(ref _cancelled);

    public void CountSettled() => Interlocked.Increment(ref _settled);

    public void CountParked(int tasks) => Interlocked.Add(ref _parked, tasks);

    public void CountDelivered() => Interlocked.Increment(ref _delivered);

    public void CountAwaiting(int tasks) => Interlocked.Add(ref _awaiting, tasks);

    public void CountAsked(int tasks) => Interlocked.Add(ref _asked, tasks);

    public void CountLost() => Interlocked.Increment(ref _lost);
}
