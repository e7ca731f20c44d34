using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Relational;

/// <summary>How many executions a workspace may have within a window; what <c>orc_guard</c> does on PostgreSQL.</summary>
/// <param name="ResetAt">What came before does not count.</param>
internal sealed record LoopCounter(int Executions, TimeSpan Window, TimeSpan Pause, bool CountsAll, DateTimeOffset? ResetAt)
{
    /// <summary>What the workspace has set; the caller holds it.</summary>
    public static async Task<LoopCounter> ReadAsync(Session session, long key) =>
        (await session.FindAsync(
            "find_loop",
            static row => new LoopCounter(
                row.IntegerOrNull("loop_executions") ?? FuseDefaults.LoopExecutions,
                TimeSpan.FromSeconds(row.IntegerOrNull("loop_window_seconds") ?? FuseDefaults.LoopWindowSeconds),
                TimeSpan.FromSeconds(row.IntegerOrNull("loop_pause_seconds") ?? FuseDefaults.LoopPauseSeconds),
                row.FlagOrNull("loop_count_all") ?? false,
                row.TimeOrNull("reset_at")),
            Parameter.BigInteger("@key", key)).ConfigureAwait(false))!;

    /// <summary>How many of a window that ends at this moment there were.</summary>
    public async Task<long> CountAsync(Session session, long key, DateTimeOffset at) =>
        await session.FindAsync(
            "count_loop",
            static row => row.BigInteger("executions"),
            Parameter.BigInteger("@key", key),
            Parameter.Time("@since", at - Window > ResetAt || ResetAt is null ? at - Window : ResetAt),
            Parameter.Flag("@counts_all", CountsAll)).ConfigureAwait(false);
}
