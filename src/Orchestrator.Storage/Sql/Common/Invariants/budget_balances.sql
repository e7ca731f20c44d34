-- What the row of a budget says is the sum of its ledger, and what it has reserved is what open attempts hold.
select b.workspace_key, b.reserved_nanos, b.spent_nanos, b.entries
from budgets b
left join (
    select l.workspace_key, sum(l.reserved_change) as reserved, sum(l.spent_change) as spent, count(*) as entries
    from budget_ledger l
    group by l.workspace_key
) l on l.workspace_key = b.workspace_key
where b.reserved_nanos <> b.folded_reserved + coalesce(l.reserved, 0)
    or b.spent_nanos <> b.folded_spent + coalesce(l.spent, 0)
    or b.entries <> b.folded + coalesce(l.entries, 0)
    or b.reserved_nanos <> coalesce((
        select sum(g.reserved_nanos) from guarded_attempts g where g.workspace_key = b.workspace_key and g.is_open), 0)
