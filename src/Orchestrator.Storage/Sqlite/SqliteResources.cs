using Orchestrator.Core.Resources;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

/// <summary>
/// Grants of resources in a turn: a task gets all that it needs, or none and goes into the queue of the first resource that it lacks.
/// <c>orc_acquire</c> is the same on PostgreSQL. The transaction is the lock.
/// </summary>
internal sealed class SqliteResources(SqliteSession session, DateTimeOffset now)
{
    /// <summary>How many tasks one turn moves into queues; the next turn goes on.</summary>
    private const int MaxParked = 1_000;

    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private Dictionary<string, long>? _held;

    public int Parked { get; private set; }

    public bool MayPark => Parked < MaxParked;

    /// <summary>Grants all that a task needs, or parks it.</summary>
    public bool TryGrant(SqliteHead head, SqliteNeeds needs)
    {
        var wokenFor = needs.ReadySince > now - ResourceLimits.KeptFor ? needs.WaitingOn : null;
        foreach (var (name, amount) in needs.Amounts.OrderBy(need => need.Key, StringComparer.Ordinal))
        {
            if (!HasEnough(head, name, amount * TokenBucket.Token, name == wokenFor))
            {
                if (wokenFor is not null)
                {
                    // Before it is parked, while what is read as kept has it in it.
                    Find(wokenFor).LetGo(needs.Amounts[wokenFor] * TokenBucket.Token);
                }

                Park(head, name, amount * TokenBucket.Token);
                return false;
            }
        }

        foreach (var (name, amount) in needs.Amounts)
        {
            Find(name).Take(amount * TokenBucket.Token, name == wokenFor, now);
        }

        return true;
    }

    /// <summary>Writes what buckets have left, and when queues are looked at again.</summary>
    public void WriteBack()
    {
        foreach (var state in _states.Values.Where(static state => state.IsChanged))
        {
            var row = state.Row;
            session.Execute("write_bucket", [Parameter.Text("@name", row.Name), Parameter.Time("@retry_at", row.RetryAt), .. row.BucketParameters()]);
        }
    }

    /// <summary>Nobody passes those in the queue that stand before him, unless he was woken from it.</summary>
    private bool HasEnough(SqliteHead head, string name, long amount, bool woken)
    {
        var state = Find(name);
        return state.Free - (woken ? 0 : state.Kept) >= amount
            && (woken || session.Query(
                "is_behind_waiting",
                static _ => true,
                Parameter.Text("@name", name),
                Parameter.Real("@rank", head.Rank),
                Parameter.Id("@id", head.Id)).Count == 0);
    }

    private void Park(SqliteHead head, string name, long amount)
    {
        Parked++;
        session.Execute(
            "park_task",
            Parameter.Id("@id", head.Id),
            Parameter.Text("@name", name),
            Parameter.Time("@now", now),
            Parameter.Text("@data", new EventData { Resource = name }.ToJson()));
        Find(name).LookFor(amount, now);
    }

    private State Find(string name)
    {
        if (!_states.TryGetValue(name, out var state))
        {
            _held ??= session.ReadHeldAsync().GetAwaiter().GetResult();
            var row = session.Query("lock_resources", ResourceRow.Read, Parameter.TextList("@names", [name])).Single();
            state = new State(row, row.Free(_held, now), session.ReadKeptAsync(name, now).GetAwaiter().GetResult().Amount);
            _states.Add(name, state);
        }

        return state;
    }

    /// <summary>What is left of a resource in this turn, and what of it is kept for tasks that were woken for it; in millionths.</summary>
    private sealed class State(ResourceRow row, long free, long kept)
    {
        public ResourceRow Row { get; private set; } = row;

        public long Free { get; private set; } = free;

        public long Kept { get; private set; } = kept;

        public bool IsChanged { get; private set; }

        public void Take(long amount, bool woken, DateTimeOffset now)
        {
            Free -= amount;
            Kept -= woken ? amount : 0;
            if (Row.Bucket is { } bucket)
            {
                Row = Row with { Bucket = bucket.Take(amount, UnixTime.ToMicroseconds(now)) };
                IsChanged = true;
            }
        }

        /// <summary>Keeps an amount no longer: whom it was kept for waits for something else.</summary>
        public void LetGo(long amount) => Kept -= amount;

        public void LookFor(long amount, DateTimeOffset now)
        {
            var at = Row.LookFor(amount, now);
            if (Row.RetryAt is null || Row.RetryAt > at)
            {
                Row = Row with { RetryAt = at };
                IsChanged = true;
            }
        }
    }
}
