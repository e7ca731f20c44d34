using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

/// <summary>One workspace in a turn: what it may take, and what it was granted.</summary>
/// <param name="Key">Its internal key.</param>
/// <param name="Id">Its name.</param>
/// <param name="StoredPass">Its pass as the row has it.</param>
/// <param name="Pass">The pass with which it takes part.</param>
/// <param name="Weight">Its share.</param>
/// <param name="MaxParallel">How many attempts it may run; null when nothing bounds it.</param>
/// <param name="ReadyActions">Actions, or lanes of them, that may have ready tasks.</param>
/// <param name="UsesResources">Whether some of its tasks may need resources.</param>
/// <param name="Guarded">Whether fuses count what it starts.</param>
/// <param name="CircuitsOpen">Whether a circuit of it is not closed.</param>
/// <param name="ShortOfMoney">Whether only what costs nothing may start.</param>
/// <param name="Running">How many attempts it runs, where that is bounded.</param>
internal sealed record SqliteTurn(
    long Key, string Id, double StoredPass, double Pass, double Weight, int? MaxParallel, IReadOnlyList<string> ReadyActions, bool UsesResources, bool Guarded, bool CircuitsOpen, bool ShortOfMoney, int Running)
{
    private List<SqliteReadySet> _sets = [];

    public List<SqliteHead> Granted { get; } = [];

    /// <summary>Its fuses; null where none counts.</summary>
    public SqliteGuard? Guard { get; private set; }

    /// <summary>How many more attempts it may start within its limit.</summary>
    public int Room(int slots) => Math.Max(0, Math.Min(slots, MaxParallel - Running ?? slots) - Granted.Count);

    /// <summary>Where its last grant began on the scale of fair share.</summary>
    public double LastStart => FairShare.Advance(Pass, Granted.Count - 1, Weight);

    public static SqliteTurn Read(Row row) => new(
        row.BigInteger("key"),
        row.Text("id"),
        row.Real("pass"),
        row.Real("pass"),
        row.Real("weight"),
        row.IntegerOrNull("max_parallel"),
        row.TextList("ready_actions"),
        row.Flag("uses_resources"),
        row.Flag("guarded"),
        row.Flag("circuits_open"),
        row.Flag("short_of_money"),
        row.Integer("running"));

    /// <param name="guess">How many grants it will probably get.</param>
    public void Open(SqliteSession session, SqliteCapacity capacity, TurnRequest request, int guess, DateTimeOffset now)
    {
        Guard = Guarded ? new SqliteGuard(session, Key, request.Actions, now) : null;
        _sets = [.. ReadyActions.Where(lane => capacity.Offers(lane) && (!ShortOfMoney || capacity.CostsNothing(lane))).Select(lane => new SqliteReadySet(session, Key, lane, UsesResources, guess))];
    }

    /// <summary>Takes the best ready task of an action that is free and gets the resources that it needs, if there is one.</summary>
    public bool TryTake(int slots, SqliteCapacity capacity, SqliteResources resources, SqliteCircuits circuits)
    {
        while (Guard?.IsStopped != true && Room(slots) > 0 && resources.MayPark && circuits.MayPark && FindBest(capacity) is { } best)
        {
            var head = best.Peek()!.Value;
            if (CircuitsOpen && !circuits.TryPass(Key, head))
            {
                best.Take();
                continue;
            }

            if (Guard?.Admits(head) == false)
            {
                continue;
            }

            best.Take();
            if (head.Needs is null || resources.TryGrant(head, head.Needs))
            {
                Granted.Add(head);
                Guard?.Take(head);
                capacity.Take(head.Action);
                return true;
            }
        }

        return false;
    }

    private SqliteReadySet? FindBest(SqliteCapacity capacity)
    {
        SqliteReadySet? best = null;
        foreach (var set in _sets)
        {
            if (capacity.HasRoomFor(set.Action) && (Guard?.Held is null || capacity.CostsNothing(set.Lane)) && set.Peek() is { } head && (best?.Peek() is not { } other || head.CompareTo(other) < 0))
            {
                best = set;
            }
        }

        return best;
    }

    public ClaimedTask Claim(SqliteSession session, SqliteHead head, TurnRequest request, Guid token, DateTimeOffset now) => session.Query(
        "claim_task",
        row => new ClaimedTask
        {
            Lease = new LeaseId(head.Id, token),
            WorkspaceKey = Key,
            Workspace = Id,
            Lane = head.Lane,
            Attempt = row.Integer("attempt"),
            MaxAttempts = row.Integer("max_attempts"),
            TimeoutMs = row.Integer("timeout_ms"),
            DeadlineAt = row.TimeOrNull("deadline_at"),
            TimeToDeadline = row.SpanOrNull("to_deadline"),
            Waited = row.Span("waited"),
            Input = row.Bytes("input"),
            Continuation = row.IntegerOrNull("continuation") ?? 0,
            Checkpoint = row.MemoryOrNull("checkpoint"),
            Step = EndedWork.ReadStep(row),
            Resources = head.Needs is null ? [] : [.. head.Needs.Amounts.Keys],
            TraceParent = row.TextOrNull("trace_parent"),
            Reserved = Guard?.ReservedFor(head.Id),
        },
        Parameter.Time("@now", now),
        Parameter.Id("@token", token),
        Parameter.Span("@lease", request.LeaseDuration),
        Parameter.Id("@silo", request.SiloId),
        Parameter.Id("@id", head.Id))[0];

    /// <summary>Advances the pass, and parks what the turn found empty or at its limit.</summary>
    public void WriteBack(SqliteSession session)
    {
        var empty = _sets.Where(set => set.Peek() is null).Select(set => set.Lane).ToList();
        var pass = FairShare.Advance(Pass, Granted.Count, Weight);
        var isAtLimit = MaxParallel is { } limit && Running + Granted.Count >= limit;
        if (empty.Count > 0 || isAtLimit || pass != StoredPass)
        {
            session.Execute(
                "set_turn_result",
                Parameter.Real("@pass", pass),
                Parameter.TextList("@ready_actions", empty.Count == 0 ? ReadyActions : [.. ReadyActions.Except(empty)]),
                Parameter.Flag("@at_limit", isAtLimit),
                Parameter.BigInteger("@key", Key));
        }
    }
}
