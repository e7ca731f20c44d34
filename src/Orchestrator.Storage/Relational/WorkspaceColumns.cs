using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Storage.Relational;

/// <summary>How workspaces are read from their rows.</summary>
internal static class WorkspaceColumns
{
    /// <summary>Runs a query of workspaces and adds what became of their fuses.</summary>
    public static async Task<List<WorkspaceRecord>> ReadWorkspacesAsync(this Session session, string query, params Parameter[] parameters)
    {
        var found = await session.QueryAsync(query, static row => (Key: row.BigInteger("key"), Workspace: Read(row)), parameters).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return [];
        }

        var states = (await session.QueryAsync(
            "list_fuse_states",
            static row => (Key: row.BigInteger("workspace_key"), State: ReadState(row)),
            Parameter.BigIntegerList("@keys", found.ConvertAll(static one => one.Key))).ConfigureAwait(false)).ToLookup(static one => one.Key, static one => one.State);
        var circuits = (await session.ReadCircuitsAsync(found.ConvertAll(static one => one.Key)).ConfigureAwait(false))
            .ToLookup(static one => one.WorkspaceKey, static one => one.Circuit);
        return found.ConvertAll(one => one.Workspace with
        {
            FuseStates = states.Contains(one.Key) ? [.. states[one.Key]] : [],
            Circuits = circuits.Contains(one.Key) ? [.. circuits[one.Key]] : [],
        });
    }

    public static Parameter[] FuseParameters(FuseSettings fuses) =>
    [
        Parameter.Integer("@loop_executions", fuses.LoopExecutions),
        Parameter.Integer("@loop_window_seconds", fuses.LoopWindowSeconds),
        Parameter.Integer("@loop_pause_seconds", fuses.LoopPauseSeconds),
        Parameter.Flag("@loop_count_all", fuses.LoopCountAll),
        Parameter.Integer("@pending_delegated", fuses.PendingDelegated),
        Parameter.Integer("@pending_total", fuses.PendingTotal),
        Parameter.Integer("@circuit_failures", fuses.CircuitFailures),
        Parameter.Integer("@circuit_window_seconds", fuses.CircuitWindowSeconds),
        Parameter.Integer("@circuit_open_seconds", fuses.CircuitOpenSeconds),
    ];

    private static WorkspaceRecord Read(Row row) => new()
    {
        Id = row.Text("id"),
        Name = row.TextOrNull("name"),
        Goal = row.TextOrNull("goal"),
        Weight = row.Real("weight"),
        MaxParallel = row.IntegerOrNull("max_parallel"),
        Maintenance = row.Flag("maintenance"),
        Fuses = new FuseSettings
        {
            DelegationDepth = row.IntegerOrNull("max_delegation_depth"),
            LoopExecutions = row.IntegerOrNull("loop_executions"),
            LoopWindowSeconds = row.IntegerOrNull("loop_window_seconds"),
            LoopPauseSeconds = row.IntegerOrNull("loop_pause_seconds"),
            LoopCountAll = row.FlagOrNull("loop_count_all"),
            PendingDelegated = row.IntegerOrNull("pending_delegated"),
            PendingTotal = row.IntegerOrNull("pending_total"),
            CircuitFailures = row.IntegerOrNull("circuit_failures"),
            CircuitWindowSeconds = row.IntegerOrNull("circuit_window_seconds"),
            CircuitOpenSeconds = row.IntegerOrNull("circuit_open_seconds"),
        },
        BudgetLimit = ReadBudget(row)?.Limit,
        Budget = ReadBudget(row),
        Paused = row.Flag("paused"),
        PausedUntil = row.TimeOrNull("paused_until"),
        AtLimit = row.Flag("at_limit"),
        ShortOfMoney = row.Flag("short_of_money"),
        PausedBy = row.TextOrNull("paused_by"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };

    private static BudgetRecord? ReadBudget(Row row) => row.BigIntegerOrNull("limit_nanos") is { } limit
        ? new BudgetRecord(Money.OfNanos(limit), Money.OfNanos(row.BigInteger("spent_nanos")), Money.OfNanos(row.BigInteger("reserved_nanos")))
        : null;

    private static FuseState ReadState(Row row) => new(FuseNames.Parse(row.Text("fuse"))!.Value)
    {
        TrippedAt = row.TimeOrNull("tripped_at"),
        Until = row.TimeOrNull("until_at"),
        Reason = row.TextOrNull("reason"),
        Trips = row.Integer("trips"),
        ResetAt = row.TimeOrNull("reset_at"),
    };
}
