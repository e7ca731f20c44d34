using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Storage.Relational;

/// <summary>Writes what a workspace sets of its fuses and its budget. The caller holds the workspace.</summary>
internal static class FuseChanges
{
    /// <param name="before">Null for a new workspace.</param>
    public static async Task WriteAsync(Session session, long key, WorkspaceRecord? before, WorkspaceRecord after)
    {
        if (after.Fuses == (before?.Fuses ?? FuseSettings.Default) && after.BudgetLimit == before?.BudgetLimit)
        {
            return;
        }

        var workspace = Parameter.BigInteger("@key", key);
        await session.ExecuteAsync("set_fuses", [workspace, .. WorkspaceColumns.FuseParameters(after.Fuses)]).ConfigureAwait(false);
        await session.ExecuteAsync(
            "mark_fuses",
            workspace,
            Parameter.Integer("@max_delegation_depth", after.Fuses.DelegationDepth),
            Parameter.Flag("@guarded", after.BudgetLimit is not null || after.Fuses.LoopCountAll == true),
            Parameter.Flag("@budgeted", after.BudgetLimit is not null),
            Parameter.Flag("@short", false)).ConfigureAwait(false);
        if (after.BudgetLimit != before?.BudgetLimit)
        {
            await SetBudgetAsync(session, key, after.BudgetLimit).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the fuse of the budget, and lets the workspace go on if it was that which paused it.</summary>
    public static async Task ReleaseBudgetAsync(Session session, long key)
    {
        if (await session.AnyAsync("find_paused_by", Parameter.BigInteger("@key", key), Parameter.Text("@by", Fuse.Budget.ToName())).ConfigureAwait(false))
        {
            await FuseBox.ResumeAsync(session, key).ConfigureAwait(false);
        }
        else
        {
            await FuseBox.CloseAsync(session, key, Fuse.Budget).ConfigureAwait(false);
        }
    }

    private static async Task SetBudgetAsync(Session session, long key, decimal? limit)
    {
        var workspace = Parameter.BigInteger("@key", key);
        if (Money.ToNanos(limit) is not { } nanos)
        {
            // What attempts that run will have cost is nobody's concern any more.
            await session.ExecuteAsync("drop_reservations", workspace, Parameter.Flag("@flag", false)).ConfigureAwait(false);
            await session.ExecuteAsync("delete_workspace_budget_ledger", workspace).ConfigureAwait(false);
            await session.ExecuteAsync("delete_workspace_budgets", workspace).ConfigureAwait(false);
            await ReleaseBudgetAsync(session, key).ConfigureAwait(false);
            return;
        }

        if (await BudgetBook.OpenAsync(session, key).ConfigureAwait(false) is not { } book)
        {
            await session.ExecuteAsync("insert_budget", workspace, Parameter.BigInteger("@limit_nanos", nanos)).ConfigureAwait(false);
            return;
        }

        await book.SetLimitAsync(nanos).ConfigureAwait(false);
        if (book.Spent < book.Limit && (await FuseBox.ListTrippedAsync(session, key).ConfigureAwait(false)).Contains(Fuse.Budget))
        {
            await ReleaseBudgetAsync(session, key).ConfigureAwait(false);
        }
    }
}
