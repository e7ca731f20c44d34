using System.Globalization;
using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Keeps live tasks within the caps of their workspaces. The row of a workspace says a number that is never less than its live
/// tasks. A process raises it by a share of what is left below the cap, and lets tasks in against its share without touching
/// the row. When nothing is left the live tasks are counted, which voids all shares; only then is a submission refused.
/// </summary>
internal sealed class PendingCap(IDatabase database)
{
    private readonly PendingShares _shares = new();

    private sealed record Bound(long Epoch, PendingCount Taken, PendingCount Cap, DateTimeOffset? CountedAt)
    {
        public PendingCount Left => Cap - Taken;
    }

    private sealed record Grant(long Epoch, PendingCount Share, PendingCount Cap, bool Covers);

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
                foreach (var (key, wanted) in needed.Wanted)
                {
                    await MakeRoomAsync(room, key, wanted, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>How many of so many tasks, none delegated, another workspace may take over. The transaction excludes everybody else from it.</summary>
    public static async Task<int> MoveInAsync(Session session, long key, int count)
    {
        var wanted = new PendingCount(count, 0);
        var bound = (await LockAsync(session, key).ConfigureAwait(false))!;
        if (!bound.Left.Covers(wanted))
        {
            await CountAsync(session, key).ConfigureAwait(false);
            bound = (await LockAsync(session, key).ConfigureAwait(false))!;
        }

        var share = bound.Left.AtMost(wanted);
        await TakeAsync(session, key, share).ConfigureAwait(false);
        return (int)share.Total;
    }

    private async Task MakeRoomAsync(PendingRoom room, long key, PendingCount wanted, CancellationToken cancellationToken)
    {
        // In transactions of their own, so that nobody who holds the row for them waits for anything else.
        var tripped = false;
        var grant = await database.WriteAsync(session => TakeShareAsync(session, key, wanted), cancellationToken).ConfigureAwait(false);
        if (grant is null)
        {
            (grant, tripped) = await database.WriteAsync(session => RecountAsync(session, key, wanted), cancellationToken).ConfigureAwait(false);
        }

        if (grant is not null)
        {
            _shares.Add(key, grant.Epoch, grant.Share);
            if (!grant.Covers)
            {
                room.SetFull(key, grant.Cap, tripped);
            }
        }
    }

    /// <summary>Takes from what the row has left; null when that is too little and a count may find more.</summary>
    private static async Task<Grant?> TakeShareAsync(Session session, long key, PendingCount wanted)
    {
        if (await LockAsync(session, key).ConfigureAwait(false) is not { } bound)
        {
            return null;
        }

        var covers = bound.Left.Covers(wanted);
        if (!covers && !(bound.CountedAt > await session.NowAsync().ConfigureAwait(false) - PendingRules.CountEvery))
        {
            return null;
        }

        var share = covers ? bound.Left.ShareFor(wanted) : bound.Left.AtMost(wanted);
        await TakeAsync(session, key, share).ConfigureAwait(false);
        return new Grant(bound.Epoch, share, bound.Cap, covers);
    }

    /// <summary>Counts the live tasks while nobody adds any, and takes a share; answers also whether the fuse has tripped.</summary>
    private static async Task<(Grant? Grant, bool Tripped)> RecountAsync(Session session, long key, PendingCount wanted)
    {
        if (!await session.AnyAsync("lock_workspace_by_key", Parameter.BigInteger("@key", key)).ConfigureAwait(false))
        {
            return (null, false);
        }

        var live = await CountAsync(session, key).ConfigureAwait(false);
        var grant = (await TakeShareAsync(session, key, wanted).ConfigureAwait(false))!;
        return (grant, await SetFuseAsync(session, key, live, grant).ConfigureAwait(false));
    }

    private static async Task<PendingCount> CountAsync(Session session, long key)
    {
        var live = await session.FindAsync(
            "count_pending",
            static row => new PendingCount(row.BigInteger("total"), row.BigInteger("delegated")),
            Parameter.BigInteger("@key", key)).ConfigureAwait(false);
        await session.ExecuteAsync(
            "set_pending",
            Parameter.BigInteger("@key", key),
            Parameter.BigInteger("@total", live.Total),
            Parameter.BigInteger("@delegated", live.Delegated)).ConfigureAwait(false);
        return live;
    }

    private static Task<int> TakeAsync(Session session, long key, PendingCount share) => session.ExecuteAsync(
        "take_pending",
        Parameter.BigInteger("@key", key),
        Parameter.BigInteger("@total", share.Total),
        Parameter.BigInteger("@delegated", share.Delegated));

    /// <summary>Trips the fuse, or closes it when there is room again; answers whether it has tripped.</summary>
    private static async Task<bool> SetFuseAsync(Session session, long key, PendingCount live, Grant grant)
    {
        var isTripped = (await FuseBox.ListTrippedAsync(session, key).ConfigureAwait(false)).Contains(Fuse.PendingCap);
        if (!grant.Covers && !isTripped)
        {
            var reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{live.Total} tasks of at most {grant.Cap.Total} wait or run, {live.Delegated} delegated ones of at most {grant.Cap.Delegated}.");
            await FuseBox.TripAsync(session, key, Fuse.PendingCap, reason, until: null, pauses: false).ConfigureAwait(false);
            return true;
        }

        if (grant.Covers && isTripped
            && PendingRules.MayClose(live.Total, grant.Cap.Total) && PendingRules.MayClose(live.Delegated, grant.Cap.Delegated))
        {
            await FuseBox.CloseAsync(session, key, Fuse.PendingCap).ConfigureAwait(false);
        }

        return false;
    }

    private static Task<Bound?> LockAsync(Session session, long key) => session.FindAsync(
        "lock_pending",
        static row => new Bound(
            row.BigInteger("pending_epoch"),
            new PendingCount(row.BigInteger("pending_total"), row.BigInteger("pending_delegated")),
            new PendingCount(
                row.IntegerOrNull("max_total") ?? FuseDefaults.PendingTotal, row.IntegerOrNull("max_delegated") ?? FuseDefaults.PendingDelegated),
            row.TimeOrNull("pending_counted_at")),
        Parameter.BigInteger("@key", key));
}
