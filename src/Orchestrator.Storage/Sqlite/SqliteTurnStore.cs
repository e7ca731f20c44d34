using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

/// <summary>A turn with the arithmetic of <see cref="FairShare"/>; the transaction is the lock of every workspace.</summary>
internal sealed class SqliteTurnStore(SqliteDatabase database, Func<Guid> newToken) : ITurnStore
{
    private const int Reach = 32;

    public Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => request.IsRemote
                ? RemoteLeases.NoteAsync(session, request, Take((SqliteSession)session, request))
                : Task.FromResult(Take((SqliteSession)session, request)),
            cancellationToken);

    private TurnResult Take(SqliteSession session, TurnRequest request)
    {
        var capacity = new SqliteCapacity(request);
        var turns = session.Query(
            "list_dispatchable",
            SqliteTurn.Read,
            Parameter.TextList("@actions", [.. capacity.Lanes]),
            Parameter.TextList("@free", [.. capacity.Lanes.Where(capacity.CostsNothing)]),
            Parameter.TextList("@workspaces", request.Workspaces),
            Parameter.Integer("@reach", Reach + 1));
        var isBeyondReach = turns.Count > Reach;
        if (isBeyondReach)
        {
            turns.RemoveAt(Reach);
        }

        if (turns.Count == 0)
        {
            return new TurnResult([], false);
        }

        // Who was kept from taking part (paused, at its limit, not served here) comes back without the credit of that time.
        var clock = session.Query("find_virtual_time", static row => row.Real("virtual_time"))[0];
        turns = turns.ConvertAll(turn => turn with { Pass = FairShare.Join(turn.StoredPass, clock, request.Credit, turn.Weight) });
        var now = session.Query("now", static row => row.Time("now"))[0];
        var resources = new SqliteResources(session, now);
        var circuits = new SqliteCircuits(session, request.Actions, now);
        Grant(session, turns, request, capacity, resources, circuits, now);

        var claimed = Claim(session, turns, request, circuits, now);
        circuits.NoteProbes(claimed);
        turns.ForEach(turn => turn.WriteBack(session));
        resources.WriteBack();
        if (claimed.Count > 0)
        {
            var start = turns.Where(turn => turn.Granted.Count > 0).Max(turn => turn.LastStart);
            session.Execute("set_virtual_time", Parameter.Real("@virtual_time", FairShare.VirtualTime(clock, start)));
        }

        return new TurnResult(claimed, isBeyondReach || resources.Parked + circuits.Parked > 0)
        {
            Parked = resources.Parked,
            Gated = circuits.Parked,
            Held = [.. turns.Where(static turn => turn.Guard?.Held is not null).Select(static turn => turn.Guard!.Held!.Value)],
        };
    }

    /// <summary>Grants slots by fair share, within each workspace's room and each action's capacity.</summary>
    private static void Grant(
        SqliteSession session, List<SqliteTurn> turns, TurnRequest request, SqliteCapacity capacity, SqliteResources resources, SqliteCircuits circuits, DateTimeOffset now)
    {
        var candidates = new List<FairShareCandidate>(turns.Count);
        foreach (var turn in turns)
        {
            turn.Open(session, capacity, request, request.Slots / turns.Count, now);
            candidates.Add(new FairShareCandidate(turn.Pass, turn.Weight, turn.Room(request.Slots)));
        }

        FairShare.Allot(request.Slots, candidates, index => turns[index].TryTake(request.Slots, capacity, resources, circuits));
    }

    private List<ClaimedTask> Claim(SqliteSession session, List<SqliteTurn> turns, TurnRequest request, SqliteCircuits circuits, DateTimeOffset now)
    {
        var claimed = new List<ClaimedTask>(request.Slots);
        foreach (var turn in turns)
        {
            foreach (var head in turn.Granted)
            {
                claimed.Add(turn.Claim(session, head, request, newToken(), now) with { IsProbe = circuits.IsProbe(head.Id) });
                turn.Guard?.NoteStart(claimed[^1]);
            }
        }

        return claimed;
    }
}
