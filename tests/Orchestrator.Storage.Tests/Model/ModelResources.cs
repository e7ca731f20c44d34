using Orchestrator.Core.Resources;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>One bucket and one semaphore as the model sees them.</summary>
internal sealed class ModelResources(StoreModel model, DateTimeOffset start)
{
    public const string Tokens = "tokens";
    public const string Permits = "permits";

    private TokenBucket _bucket = TokenBucket.Full(3 * TokenBucket.Token, TokenBucket.Token / 4, Micros(start));
    private int _permits = 2;

    public static IReadOnlyList<string> Names { get; } = [Permits, Tokens];

    public int Capacity => (int)(_bucket.Capacity / TokenBucket.Token);

    public int PermitCount => _permits;

    /// <summary>What there is to grant, in millionths.</summary>
    public long Free(string name, DateTimeOffset now) => name == Tokens
        ? _bucket.Available(Micros(now))
        : (_permits - model.Tasks.Where(task => task.State == TaskState.Processing).Sum(task => (long)task.AmountOf(Permits))) * TokenBucket.Token;

    public void Change(int capacity, int permits, DateTimeOffset now)
    {
        _bucket = _bucket.Change(capacity * TokenBucket.Token, _bucket.Refill, Micros(now));
        _permits = permits;
    }

    public void Close(DateTimeOffset until, DateTimeOffset now) => _bucket = _bucket.Close(Micros(until), Micros(now));

    /// <summary>The first resource that a ready task lacks; null when it gets all that it needs, and has been granted it.</summary>
    public string? TryGrant(ModelTask task, DateTimeOffset now)
    {
        var lacking = Names.FirstOrDefault(name => task.AmountOf(name) > 0 && !HasEnough(task, name, now));
        if (lacking is null && task.AmountOf(Tokens) > 0)
        {
            _bucket = _bucket.Take(task.AmountOf(Tokens) * TokenBucket.Token, Micros(now));
        }

        return lacking;
    }

    /// <summary>Who can be woken now, in the order of rank.</summary>
    public List<ModelTask> Wakeable(string name, DateTimeOffset now)
    {
        var free = Free(name, now) - Kept(name, now);
        var wakeable = new List<ModelTask>();
        foreach (var task in Queue(name))
        {
            free -= model.Paused.Contains(task.Workspace) ? 0 : task.AmountOf(name) * TokenBucket.Token;
            if (free < 0)
            {
                break;
            }

            wakeable.Add(task);
        }

        return wakeable;
    }

    /// <summary>
    /// Whether the queue must be due after ends of attempts: that of a semaphore always, that of a bucket a second after the last
    /// look, or after somebody began to wait in it.
    /// </summary>
    public bool MustBeLookedAt(string name, DateTimeOffset lastLook, DateTimeOffset now) =>
        name == Permits || Queue(name).Any(task => now >= (task.WaitsSince > lastLook ? task.WaitsSince : lastLook) + ResourceLimits.LookEvery);

    private bool HasEnough(ModelTask task, string name, DateTimeOffset now)
    {
        var amount = task.AmountOf(name) * TokenBucket.Token;
        return task.IsKept(name, now)
            ? Free(name, now) >= amount
            : Free(name, now) - Kept(name, now) >= amount && !Queue(name).Any(other => Compare(other, task) < 0);
    }

    private long Kept(string name, DateTimeOffset now) =>
        model.Tasks.Where(task => task.State == TaskState.Queued && task.IsKept(name, now)).Sum(task => task.AmountOf(name) * TokenBucket.Token);

    private IEnumerable<ModelTask> Queue(string name) =>
        model.Tasks.Where(task => task.State == TaskState.Waiting && task.WaitsOn == name).Order(Comparer<ModelTask>.Create(Compare));

    private static int Compare(ModelTask left, ModelTask right) =>
        (left.Order.Rank.CompareTo(right.Order.Rank), string.CompareOrdinal(left.Order.Id, right.Order.Id)) switch
        {
            (0, var byId) => byId,
            (var byRank, _) => byRank,
        };

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
