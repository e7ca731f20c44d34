using System.Globalization;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Naming;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Keeps live tasks within the caps of their workspaces. The row of a workspace says a number that is never less than its live
/// tasks. A process raises it by a share of what is left below the cap, and lets tasks in against its share without touching
/// the row. When nothing is left the live tasks are counted, which voids all shares; only then is a submission refused.
/// </summary>
internal sealed class PendingCap(IDatabase database)
{
    private readonly PendingShares _shares = new();

    /// <summary>Runs work that lets tasks in; where the share of this process is too small for it, takes another and runs it again.</summary>
    public async Task<T> RunAsync<T>(Func<Session, PendingRoom, Task<T>> work, CancellationToken cancellationToken)
    {
        var room = new PendingRoom(_shares);
        while (true)
        {
            try
            {
                var result = await database.WriteAsync(
                    session =>
                    {
                        room.GiveBack();
                        return work(session, room);
                    },
                    cancellationToken).ConfigureAwait(false);
                room.GiveBack();
                return result;
            }
            catch (RoomNeededException needed)
            {
                await MakeRoomAsync(room, needed.Wanted, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How many of so many tasks, none delegated, another workspace may take over. The transaction excludes everybody else from it.</summary>
    public static async Task<int> MoveInAsync(Session session, long key, int count)
    {
        var wanted = new PendingCount(count, 0);
        var bound = (await PendingBound.LockAsync(session, key).ConfigureAwait(false))[0];
        if (!bound.Left.Covers(wanted))
        {
            await CountAsync(session, key).ConfigureAwait(false);
            bound = (await PendingBound.LockAsync(session, key).ConfigureAwait(false))[0];
        }

        var share = bound.Left.AtMost(wanted);
        await PendingGrant.TakeAsync(session, [new PendingGrant(key, bound.Epoch, share, bound.Cap, true)]).ConfigureAwait(false);
        return (int)share.Total;
    }

    /// <summary>Closes the fuses of workspaces that have room again; answers how many. Who still has none is counted without a lock.</summary>
    public static async Task<int> CloseWithRoomAsync(IDatabase database, int limit, CancellationToken cancellationToken)
    {
        var tripped = await database.ReadAsync(
            session => session.QueryAsync(
                "find_tripped",
                static row => row.BigInteger("workspace_key"),
                Parameter.Text("@fuse", Fuse.PendingCap.ToName()),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);
        var closed = 0;
        foreach (var key in tripped)
        {
            var live = await database.ReadAsync(session => ReadLiveAsync(session, key), cancellationToken).ConfigureAwait(false);
            closed += await database.WriteAsync(session => CloseWithRoomAsync(session, key, live), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return closed;
    }

    private static async Task<bool> CloseWithRoomAsync(Session session, long key, PendingCount live)
    {
        if (await PendingBound.LockAsync(session, key).ConfigureAwait(false) is not [var bound] || !MayClose(live, bound.Cap)
            || !(await FuseBox.ListTrippedAsync(session, key).ConfigureAwait(false)).Contains(Fuse.PendingCap))
        {
            return false;
        }

        await FuseBox.CloseAsync(session, key, Fuse.PendingCap).ConfigureAwait(false);
        return true;
    }

    /// <summary>In transactions of their own, so that nobody who holds a row for this waits for anything else.</summary>
    private async Task MakeRoomAsync(PendingRoom room, IReadOnlyDictionary<long, PendingCount> wanted, CancellationToken cancellationToken)
    {
        // Work that wants more than the cap is first told what that is: a submission may be larger than all that can ever fit.
        var (grants, larger) = await database.WriteAsync(
            session => TakeSharesAsync(session, wanted, bound => !bound.Cap.Covers(wanted[bound.Key]) && !room.Knows(bound.Key, bound.Cap)),
            cancellationToken).ConfigureAwait(false);
        larger.ForEach(bound => room.Learn(bound.Key, bound.Cap));
        grants.ForEach(grant => Add(room, grant, tripped: false));
        foreach (var key in wanted.Keys.Except(grants.Select(static grant => grant.Key)).Except(larger.Select(static bound => bound.Key)).Order())
        {
            var (grant, tripped) = await database.WriteAsync(session => RecountAsync(session, key, wanted[key]), cancellationToken).ConfigureAwait(false);
            if (grant is not null)
            {
                Add(room, grant, tripped);
            }
        }
    }

    private void Add(PendingRoom room, PendingGrant grant, bool tripped)
    {
        _shares.Add(grant.Key, grant.Epoch, grant.Share);
        if (!grant.Covers)
        {
            room.SetFull(grant.Key, grant.Cap, tripped);
        }
    }

    /// <summary>Takes shares of what the rows have left; none of those where that is too little and a count may find more.</summary>
    /// <param name="spares">Of which rows to take nothing; they are answered.</param>
    private static async Task<(List<PendingGrant> Grants, List<PendingBound> Spared)> TakeSharesAsync(
        Session session, IReadOnlyDictionary<long, PendingCount> wanted, Func<PendingBound, bool> spares)
    {
        var bounds = await PendingBound.LockAsync(session, [.. wanted.Keys]).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        var spared = bounds.Where(spares).ToList();
        var grants = bounds.Except(spared).Select(bound => bound.Grant(wanted[bound.Key], now)).OfType<PendingGrant>().ToList();
        if (grants.Count > 0)
        {
            await PendingGrant.TakeAsync(session, grants).ConfigureAwait(false);
        }

        return (grants, spared);
    }

    /// <summary>Counts the live tasks while nobody adds any, and takes a share; answers also whether the fuse has tripped.</summary>
    private static async Task<(PendingGrant? Grant, bool Tripped)> RecountAsync(Session session, long key, PendingCount wanted)
    {
        if (!await session.AnyAsync("lock_workspace_by_key", Parameter.BigInteger("@key", key)).ConfigureAwait(false))
        {
            return (null, false);
        }

        var live = await CountAsync(session, key).ConfigureAwait(false);
        var (grants, _) = await TakeSharesAsync(session, new Dictionary<long, PendingCount> { [key] = wanted }, static _ => false).ConfigureAwait(false);
        return (grants.Single(), await SetFuseAsync(session, key, live, wanted, grants.Single()).ConfigureAwait(false));
    }

    private static async Task<PendingCount> CountAsync(Session session, long key)
    {
        var live = await ReadLiveAsync(session, key).ConfigureAwait(false);
        await session.ExecuteAsync(
            "set_pending",
            Parameter.BigInteger("@key", key),
            Parameter.BigInteger("@total", live.Total),
            Parameter.BigInteger("@delegated_total", live.Delegated)).ConfigureAwait(false);
        return live;
    }

    private static Task<PendingCount> ReadLiveAsync(Session session, long key) => session.FindAsync(
        "count_pending",
        static row => new PendingCount(row.BigInteger("total"), row.BigInteger("delegated")),
        Parameter.BigInteger("@key", key));

    private static bool MayClose(PendingCount live, PendingCount cap) =>
        PendingRules.MayClose(live.Total, cap.Total) && PendingRules.MayClose(live.Delegated, cap.Delegated);

    /// <summary>Trips the fuse, or closes it when there is room again; answers whether it has tripped.</summary>
    private static async Task<bool> SetFuseAsync(Session session, long key, PendingCount live, PendingCount wanted, PendingGrant grant)
    {
        var isTripped = (await FuseBox.ListTrippedAsync(session, key).ConfigureAwait(false)).Contains(Fuse.PendingCap);
        if (!grant.Covers && !isTripped)
        {
            var reason = string.Create(
                CultureInfo.InvariantCulture,
                $"No room for {Counted.Of(wanted.Total, "more task")}, {wanted.Delegated} delegated: of at most {grant.Cap.Total} that may wait or run there are {live.Total}, of at most {grant.Cap.Delegated} delegated ones {live.Delegated}.");
            await FuseBox.TripAsync(session, key, Fuse.PendingCap, reason, until: null, pauses: false).ConfigureAwait(false);
            return true;
        }

        if (grant.Covers && isTripped && MayClose(live, grant.Cap))
        {
            await FuseBox.CloseAsync(session, key, Fuse.PendingCap).ConfigureAwait(false);
        }

        return false;
    }
}
