using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

/// <summary>
/// What the fuses of one workspace let start in a turn; <c>orc_guard</c> is the same on PostgreSQL. After one task that may not
/// nothing starts, but what costs nothing after one that costs too much. The transaction is the lock.
/// </summary>
internal sealed class SqliteGuard
{
    private readonly SqliteSession _session;
    private readonly long _key;
    private readonly IReadOnlyList<ActionCapacity> _actions;
    private readonly DateTimeOffset _now;
    private readonly LoopCounter _loop;
    private readonly BudgetBook? _budget;
    private readonly List<Passed> _passed = [];
    private long _room;
    private long _left;

    public SqliteGuard(SqliteSession session, long key, IReadOnlyList<ActionCapacity> actions, DateTimeOffset now)
    {
        _session = session;
        _key = key;
        _actions = actions;
        _now = now;
        _loop = LoopCounter.ReadAsync(session, key).GetAwaiter().GetResult();
        _room = _loop.Executions - _loop.CountAsync(session, key, now).GetAwaiter().GetResult();
        _budget = BudgetBook.OpenAsync(session, key).GetAwaiter().GetResult();
        _left = _budget?.Left ?? 0;
    }

    private sealed record Passed(Guid Id, bool Delegated, long CostBefore, long? Reserved);

    /// <summary>Set once a task may not start; from then on only what costs nothing does.</summary>
    public HeldWorkspace? Held { get; private set; }

    /// <summary>Whether nothing may start any more, whatever it costs.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether a task may start; it does start once <see cref="Take"/> is called.</summary>
    public bool Admits(SqliteHead head)
    {
        var task = Find(head);
        if (Counts(task) && _room <= 0)
        {
            Held = new HeldWorkspace(_key, Core.Fuses.Fuse.AntiLoop);
            IsStopped = true;
            return false;
        }

        if (task.Reserved is not { } cost)
        {
            return true;
        }

        IsStopped = IsUnsettled(head);
        if (!IsStopped && (cost == 0 || (cost <= _left && Held is null)))
        {
            return true;
        }

        Held ??= new HeldWorkspace(_key, Core.Fuses.Fuse.Budget, cost);
        return false;
    }

    public void Take(SqliteHead head)
    {
        var task = Find(head);
        _passed.Add(task);
        _left -= task.Reserved ?? 0;
        _room -= Counts(task) ? 1 : 0;
    }

    /// <summary>What is reserved for a task that was taken.</summary>
    public decimal? ReservedFor(Guid id) => _passed.Find(task => task.Id == id)?.Reserved is { } nanos ? Money.OfNanos(nanos) : null;

    /// <summary>Writes down what was started.</summary>
    public void NoteStart(ClaimedTask claimed)
    {
        var task = _passed.Find(one => one.Id == claimed.Lease.TaskId)!;
        if (!Counts(task) && !task.Delegated && task.Reserved is null)
        {
            return;
        }

        _session.Execute(
            "note_start",
            Parameter.Id("@token", claimed.Lease.Token),
            Parameter.BigInteger("@key", _key),
            Parameter.Id("@id", task.Id),
            Parameter.Integer("@attempt", claimed.Attempt),
            Parameter.Time("@now", _now),
            Parameter.Flag("@delegated", task.Delegated),
            Parameter.BigInteger("@reserved", task.Reserved),
            Parameter.BigInteger("@cost", task.CostBefore));
        if (task.Reserved is { } amount)
        {
            _budget!.ReserveAsync(task.Id, claimed.Lease.Token, amount, _now).GetAwaiter().GetResult();
        }
    }

    private bool Counts(Passed task) => task.Delegated || _loop.CountsAll;

    private bool IsUnsettled(SqliteHead head) =>
        _session.Query("find_guarded_task", static row => row.Flag("is_unsettled"), Parameter.Id("@id", head.Id))[0];

    private Passed Find(SqliteHead head) => _session.Query(
        "find_guarded_task",
        row => new Passed(head.Id, row.Flag("delegated"), row.BigInteger("cost"), _budget is null ? null : CostOf(head.Action)),
        Parameter.Id("@id", head.Id))[0];

    /// <summary>What is known to be the most; else all that is left.</summary>
    private long CostOf(string action) =>
        Money.ToNanos(_actions.First(offered => offered.Action == action).MaxCost) ?? Math.Max(_left, 1);
}
