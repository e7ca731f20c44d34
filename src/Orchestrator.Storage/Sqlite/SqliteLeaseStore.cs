using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

/// <summary>Renews lease by lease, and ends a task under its lease with two statements.</summary>
internal sealed class SqliteLeaseStore(SqliteDatabase database, RunEngine runs) : LeaseStore(database, runs)
{
    private readonly SqliteDatabase _database = database;

    public override IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration) =>
        _database.WriteAsync<IReadOnlyList<LeaseId>>(
            session => Task.FromResult<IReadOnlyList<LeaseId>>([.. leases.Where(lease => !TryRenew((SqliteSession)session, lease, duration))]),
            CancellationToken.None).GetAwaiter().GetResult();

    protected override async Task<IReadOnlyList<SettlementResult>> SettleAsync(
        Session session, IReadOnlyList<Settlement> settlements, UsageTally usage)
    {
        // No other writer comes between this look at the clock and the commit, so one look serves them all.
        var now = await session.NowAsync().ConfigureAwait(false);
        usage.EndedAt = now;
        var told = FindTold((SqliteSession)session, settlements);
        var results = new SettlementResult[settlements.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = IsPlainEnd(settlements[i]) && TaskEndingOf(settlements[i]) is { } ending
                ? await EndAsync((SqliteSession)session, settlements[i], ending, now, told.Contains(settlements[i].WorkspaceKey), usage).ConfigureAwait(false)
                : await SettleAsync(session, settlements[i], usage).ConfigureAwait(false);
        }

        return results;
    }

    private static bool TryRenew(SqliteSession session, LeaseId lease, TimeSpan duration) =>
        session.Execute(
            "renew_lease",
            Parameter.Span("@duration", duration),
            Parameter.Id("@id", lease.TaskId),
            Parameter.Id("@token", lease.Token)) > 0;

    /// <summary>Those of the workspaces whose webhooks are told of ends.</summary>
    private static HashSet<long> FindTold(SqliteSession session, IReadOnlyList<Settlement> settlements)
    {
        if (session.Query("find_any_webhook", static _ => true).Count == 0)
        {
            return [];
        }

        var keys = settlements.Select(settlement => settlement.WorkspaceKey).Distinct().ToArray();
        var scopes = session.Query(
            "find_told_workspaces", static row => row.BigInteger("workspace_key"), Parameter.BigIntegerList("@keys", [.. keys, WebhookOutbox.EveryWorkspace]));
        return scopes.Contains(WebhookOutbox.EveryWorkspace) ? [.. keys] : [.. scopes];
    }

    /// <summary>Ends a task if its lease is still held.</summary>
    private static async Task<SettlementResult> EndAsync(
        SqliteSession session, Settlement settlement, TaskEnding ending, DateTimeOffset now, bool isTold, UsageTally usage)
    {
        var lease = settlement.Lease;
        var data = ending.Error is null ? null : EventData.Of(ending.Error).ToJson();
        var ended = session.Execute(
            "end_leased_task",
            [
                Parameter.Text("@status", ending.State.ToName()),
                Parameter.Time("@now", now),
                Parameter.Bytes("@result", ending.Result),
                .. TaskColumns.ErrorParameters(ending.Error),
                .. TaskColumns.UsageParameters(ending.Usage),
                Parameter.Text("@data", data),
                Parameter.Flag("@advances", ending.Advances),
                Parameter.Id("@id", lease.TaskId),
                Parameter.Id("@token", lease.Token),
            ]);
        if (ended == 0)
        {
            return await FindEarlierAsync(session, lease).ConfigureAwait(false);
        }

        usage.Add(settlement);
        usage.AddEnd(settlement);
        session.Execute("delete_task", Parameter.Id("@id", lease.TaskId));
        if (isTold)
        {
            await session.TellEndsAsync([lease.TaskId], ending.State, data).ConfigureAwait(false);
        }

        return SettlementResult.Accepted;
    }
}
