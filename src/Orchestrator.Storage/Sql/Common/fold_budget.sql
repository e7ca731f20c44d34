update budgets
set folded_reserved = folded_reserved + (
        select coalesce(sum(l.reserved_change), 0) from budget_ledger l where l.workspace_key = @key and l.entry <= @entry),
    folded_spent = folded_spent + (
        select coalesce(sum(l.spent_change), 0) from budget_ledger l where l.workspace_key = @key and l.entry <= @entry),
    folded = case when folded > @entry then folded else @entry end
where workspace_key = @key
