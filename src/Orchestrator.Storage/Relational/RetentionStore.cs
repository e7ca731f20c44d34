using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Retention;

namespace Orchestrator.Storage.Relational;

internal sealed class RetentionStore(IDatabase database) : IRetentionStore
{
    /// <summary>The anti-loop counter looks no further back.</summary>
    private static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(FuseLimits.MaxLoopWindowSeconds);

    private const int MaxCrowded = 100;

    /// <summary>For so long a remote worker that repeats how its attempt ended, or asks about one that is over, is told.</summary>
    private static readonly TimeSpan RemoteLeases = TimeSpan.FromMinutes(10);

    public async Task<int> PurgeAsync(RetentionPeriods periods, int limit, CancellationToken cancellationToken)
    {
        // First, so that it is never put off: there are fewer entries than batches.
        var purged = await database.WriteAsync(session => UsageBook.FoldAsync(session, limit), cancellationToken).ConfigureAwait(false);
        foreach (var (state, age) in new[]
        {
            (TaskState.Completed, periods.Completed),
            (TaskState.Failed, periods.Failed),
            (TaskState.Cancelled, periods.Cancelled),
        })
        {
            purged += await PurgeAsync(state, age, limit - purged, cancellationToken).ConfigureAwait(false);
        }

        purged += await PurgeKeysAsync("purge_receipts", periods, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeKeysAsync("purge_fires", periods, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeKeysAsync("purge_bulk", periods, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeDeliveriesAsync(periods.WebhookDeliveries, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_journal", periods.Journal, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_timeline", periods.Timeline, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_levels", periods.Timeline, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_errors", periods.Errors, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_audit", periods.Audit, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_keys", periods.Audit, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeSessionsAsync(limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeRefusalsAsync(periods.Refusals, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_guarded_attempts", LongestWindow, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeAsync("purge_remote_leases", RemoteLeases, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await ForgetCircuitsAsync(periods.Journal, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await PurgeRunsAsync(periods.Runs, limit - purged, cancellationToken).ConfigureAwait(false);
        purged += await database.WriteAsync(
            session => session.ExecuteAsync("purge_step_cache", Parameter.Integer("@limit", limit)), cancellationToken).ConfigureAwait(false);
        purged += await TakeOutEmptyLanesAsync(cancellationToken).ConfigureAwait(false);
        return purged + await FoldLedgersAsync(periods.Journal, limit - purged, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A turn takes out the lanes that it offers and finds empty. Those that no silo serves are taken out here, once there are so many
    /// that they could come to keep out others (<see cref="TaskLimits.MaxReadyActions"/>).
    /// </summary>
    private async Task<int> TakeOutEmptyLanesAsync(CancellationToken cancellationToken)
    {
        var crowded = await database.ReadAsync(
            session => session.QueryAsync(
                "find_crowded_workspaces",
                static row => row.BigInteger("key"),
                Parameter.Integer("@lanes", TaskLimits.MaxReadyActions / 10),
                Parameter.Integer("@limit", MaxCrowded)),
            cancellationToken).ConfigureAwait(false);
        var changed = 0;
        foreach (var key in crowded)
        {
            var workspace = Parameter.BigInteger("@key", key);
            changed += await database.WriteAsync(
                async session => await session.AnyAsync("lock_workspace_away", workspace).ConfigureAwait(false)
                    ? await session.ExecuteAsync("take_out_empty_lanes", workspace).ConfigureAwait(false)
                    : 0,
                cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    /// <summary>Forgets what webhooks were told, and that they were told of everything from then on.</summary>
    private Task<int> PurgeDeliveriesAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var purged = await session.QueryAsync(
                    "purge_deliveries",
                    static row => (Key: row.BigInteger("webhook_key"), At: row.Time("at")),
                    Parameter.Span("@age", age),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                foreach (var webhook in purged.GroupBy(delivery => delivery.Key, delivery => delivery.At).OrderBy(group => group.Key))
                {
                    await session.ExecuteAsync(
                        "move_complete_since", Parameter.BigInteger("@key", webhook.Key), Parameter.Time("@at", webhook.Max())).ConfigureAwait(false);
                }

                return purged.Count;
            },
            cancellationToken);

    /// <summary>Forgets trees of runs that have ended as a whole.</summary>
    private Task<int> PurgeRunsAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var roots = await session.QueryAsync(
                    "find_purgeable_runs", static row => row.Id("id"), Parameter.Span("@age", age), Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (roots.Count == 0)
                {
                    return 0;
                }

                var runs = await session.QueryAsync("find_trees", static row => row.Id("id"), Parameter.IdList("@ids", roots)).ConfigureAwait(false);
                var ids = Parameter.IdList("@ids", runs);
                await session.ExecuteAsync("purge_run_outputs", ids).ConfigureAwait(false);
                await session.ExecuteAsync("purge_run_timelines", ids).ConfigureAwait(false);
                await session.ExecuteAsync("purge_runs", ids).ConfigureAwait(false);
                return runs.Count;
            },
            cancellationToken);

    /// <summary>Forgets sessions and bootstrap tokens that are over.</summary>
    private Task<int> PurgeSessionsAsync(int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session => await session.ExecuteAsync("purge_sessions", Parameter.Integer("@limit", limit)).ConfigureAwait(false)
                + await session.ExecuteAsync("purge_bootstraps").ConfigureAwait(false),
            cancellationToken);

    /// <summary>Forgets what keeps a submission from being made twice, a caller's or a schedule's, and finished bulk operations.</summary>
    private Task<int> PurgeKeysAsync(string query, RetentionPeriods periods, int limit, CancellationToken cancellationToken) =>
        PurgeAsync(query, periods.IdempotencyReceipts, limit, cancellationToken);

    private Task<int> PurgeAsync(string query, TimeSpan age, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync(query, Parameter.Span("@age", age), Parameter.Integer("@limit", limit)), cancellationToken);

    /// <summary>Anybody may be refused in a loop, so time alone does not bound what the audit log tells of it.</summary>
    private Task<int> PurgeRefusalsAsync(int kept, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync("purge_refusals", Parameter.Integer("@kept", kept), Parameter.Integer("@limit", limit)), cancellationToken);

    /// <summary>Forgets the circuits of providers that nobody has used for long; one that is not closed is closed before.</summary>
    private Task<int> ForgetCircuitsAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var stale = await session.QueryAsync(
                    "find_stale_circuits",
                    static row => (Key: row.BigInteger("workspace_key"), Provider: row.Text("provider")),
                    Parameter.Span("@age", age),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                foreach (var workspace in stale.GroupBy(static circuit => circuit.Key, static circuit => circuit.Provider).OrderBy(static group => group.Key))
                {
                    var book = (await CircuitBook.OpenAsync(session, workspace.Key).ConfigureAwait(false))!;
                    foreach (var provider in workspace)
                    {
                        await book.ForgetAsync(provider).ConfigureAwait(false);
                    }
                }

                return stale.Count;
            },
            cancellationToken);

    /// <summary>Adds up the oldest entries of ledgers and forgets them.</summary>
    private Task<int> FoldLedgersAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var folded = 0;
                foreach (var (key, entry) in await session.QueryAsync(
                    "find_foldable",
                    static row => (row.BigInteger("workspace_key"), row.BigInteger("entry")),
                    Parameter.Span("@age", age),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false))
                {
                    Parameter[] upTo = [Parameter.BigInteger("@key", key), Parameter.BigInteger("@entry", entry)];
                    await session.QueryAsync("lock_workspace_by_key", static _ => true, upTo[0]).ConfigureAwait(false);
                    await session.ExecuteAsync("fold_budget", upTo).ConfigureAwait(false);
                    folded += await session.ExecuteAsync("delete_folded", upTo).ConfigureAwait(false);
                }

                return folded;
            },
            cancellationToken);

    private Task<int> PurgeAsync(TaskState state, TimeSpan age, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var ids = await session.QueryAsync(
                    "find_purgeable",
                    static row => row.Id("id"),
                    Parameter.Text("@status", state.ToName()),
                    Parameter.Span("@age", age),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (ids.Count > 0)
                {
                    var parameter = Parameter.IdList("@ids", ids);
                    await session.ExecuteAsync("purge_events", parameter).ConfigureAwait(false);
                    await session.ExecuteAsync("purge_messages", parameter).ConfigureAwait(false);
                    await session.ExecuteAsync("purge_approvals", parameter).ConfigureAwait(false);
                    await session.ExecuteAsync("purge_dependencies", parameter).ConfigureAwait(false);
                    await session.ExecuteAsync("purge_specs", parameter).ConfigureAwait(false);
                    await session.ExecuteAsync("purge_finished", parameter).ConfigureAwait(false);
                }

                return ids.Count;
            },
            cancellationToken);
}
