using System.Globalization;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Naming;
using Orchestrator.Storage.Fuses;

namespace Orchestrator.Storage.Relational;

internal sealed class FuseStore(IDatabase database) : IFuseStore
{
    private sealed record Locked(long Key, string Id, bool Paused, bool Budgeted);

    public async Task<FuseCheck> CheckAsync(IReadOnlyCollection<HeldWorkspace> workspaces, CancellationToken cancellationToken)
    {
        var trips = new List<FuseTrip>();
        var mayGoOn = false;

        // A transaction each, so that the end of none waits for another.
        foreach (var held in workspaces)
        {
            var check = await database.WriteAsync(session => CheckAsync(session, held), cancellationToken).ConfigureAwait(false);
            trips.AddRange(check.Trips);
            mayGoOn |= check.MayGoOn;
        }

        return new FuseCheck(trips, mayGoOn);
    }

    public async Task<IReadOnlyList<HeldWorkspace>> FindUnsettledAsync(int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "find_unsettled", static row => new HeldWorkspace(row.BigInteger("workspace_key")), Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<bool> AnyReservedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.AnyAsync("any_reserved"), cancellationToken);

    public Task<int> CloseWithRoomAsync(int limit, CancellationToken cancellationToken) =>
        PendingCap.CloseWithRoomAsync(database, limit, cancellationToken);

    public Task<bool> ResetAsync(string workspace, Fuse fuse, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                if (await session.FindAsync("lock_workspace", Read, Parameter.Text("@id", workspace)).ConfigureAwait(false) is not { } locked)
                {
                    return false;
                }

                await ResetAsync(session, locked, fuse).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<WorkspaceEvent>?> ReadEventsAsync(string workspace, long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WorkspaceEvent>?>(
            async session => await session.FindAsync<long?>(
                "find_workspace", static row => row.BigInteger("key"), Parameter.Text("@id", workspace)).ConfigureAwait(false) is { } key
                ? await session.QueryAsync(
                    "list_workspace_events",
                    static row => new WorkspaceEvent(row.BigInteger("seq"), row.Text("type"), row.Time("at"), row.TextOrNull("data")),
                    Parameter.BigInteger("@key", key),
                    Parameter.BigInteger("@after", after),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false)
                : null,
            cancellationToken);

    private static async Task<FuseCheck> CheckAsync(Session session, HeldWorkspace held)
    {
        if (await session.FindAsync("lock_workspace_by_key", Read, Parameter.BigInteger("@key", held.Key)).ConfigureAwait(false) is not { } workspace)
        {
            return new FuseCheck([], false);
        }

        var now = await session.NowAsync().ConfigureAwait(false);
        return held.By == Fuse.AntiLoop
            ? await CheckLoopAsync(session, workspace, now).ConfigureAwait(false)
            : await CheckBudgetAsync(session, workspace, held.Lacking, now).ConfigureAwait(false);
    }

    private static async Task<FuseCheck> CheckLoopAsync(Session session, Locked workspace, DateTimeOffset now)
    {
        var limit = await LoopCounter.ReadAsync(session, workspace.Key).ConfigureAwait(false);
        if (workspace.Paused || await limit.CountAsync(session, workspace.Key, now).ConfigureAwait(false) < limit.Executions)
        {
            return new FuseCheck([], !workspace.Paused);
        }

        await FuseBox.TripAsync(
            session,
            workspace.Key,
            Fuse.AntiLoop,
            string.Create(CultureInfo.InvariantCulture, $"More than {Counted.Of(limit.Executions, limit.CountsAll ? "execution" : "delegated execution")} in {limit.Window.TotalSeconds} s."),
            now + limit.Pause,
            pauses: true).ConfigureAwait(false);
        return new FuseCheck([new FuseTrip(workspace.Id, Fuse.AntiLoop)], false);
    }

    private static async Task<FuseCheck> CheckBudgetAsync(Session session, Locked workspace, long lacking, DateTimeOffset now)
    {
        if (await BudgetBook.OpenAsync(session, workspace.Key).ConfigureAwait(false) is not { } book)
        {
            return new FuseCheck([], true);
        }

        var settled = await book.SettleAsync(now).ConfigureAwait(false);
        if (book.Spent >= book.Limit || book.Spent + lacking > book.Limit)
        {
            return new FuseCheck(workspace.Paused ? [] : [await TripBudgetAsync(session, workspace, book, lacking).ConfigureAwait(false)], false);
        }

        if (lacking > book.Left)
        {
            // Attempts that run hold what is left: until one ends only what costs nothing goes on, and that may stand behind this one.
            var wasEnough = await SetShortAsync(session, workspace.Key, true).ConfigureAwait(false);
            return new FuseCheck([], wasEnough || settled > 0);
        }

        return new FuseCheck([], settled > 0 || lacking > 0);
    }

    /// <summary>Says whether attempts that run hold what is left; answers whether it was said otherwise before.</summary>
    private static async Task<bool> SetShortAsync(Session session, long key, bool isShort) =>
        await session.ExecuteAsync("set_short_of_money", Parameter.BigInteger("@key", key), Parameter.Flag("@short", isShort)).ConfigureAwait(false) > 0;

    private static async Task<FuseTrip> TripBudgetAsync(Session session, Locked workspace, BudgetBook book, long lacking)
    {
        var reason = book.Spent >= book.Limit
            ? string.Create(CultureInfo.InvariantCulture, $"{Money.OfNanos(book.Spent)} of {Money.OfNanos(book.Limit)} is spent.")
            : string.Create(CultureInfo.InvariantCulture, $"{Money.OfNanos(book.Spent)} of {Money.OfNanos(book.Limit)} is spent, and the next attempt may cost {Money.OfNanos(lacking)}.");
        await FuseBox.TripAsync(session, workspace.Key, Fuse.Budget, reason, null, pauses: true, book.Details).ConfigureAwait(false);
        return new FuseTrip(workspace.Id, Fuse.Budget);
    }

    private static async Task ResetAsync(Session session, Locked workspace, Fuse fuse)
    {
        if (fuse == Fuse.Budget && await BudgetBook.OpenAsync(session, workspace.Key).ConfigureAwait(false) is { } book)
        {
            await book.ResetAsync(await session.NowAsync().ConfigureAwait(false)).ConfigureAwait(false);
            await SetShortAsync(session, workspace.Key, false).ConfigureAwait(false);
        }

        if (fuse == Fuse.CircuitBreaker && await CircuitBook.OpenAsync(session, workspace.Key).ConfigureAwait(false) is { } circuits)
        {
            await circuits.ResetAsync().ConfigureAwait(false);
        }

        if (await session.AnyAsync("find_paused_by", Parameter.BigInteger("@key", workspace.Key), Parameter.Text("@by", fuse.ToName())).ConfigureAwait(false))
        {
            await FuseBox.ResumeAsync(session, workspace.Key).ConfigureAwait(false);
        }
        else
        {
            await FuseBox.CloseAsync(session, workspace.Key, fuse).ConfigureAwait(false);
        }
    }

    private static Locked Read(Row row) => new(row.BigInteger("key"), row.Text("id"), row.Flag("paused"), row.Flag("budgeted"));
}
