-- Sweep line: no reservation since the limit was last set made what is spent and reserved together exceed it.
with level as (
    select l.workspace_key, l.entry, l.kind, b.limit_nanos, b.limit_set_at,
        b.folded_reserved + b.folded_spent
            + sum(l.reserved_change + l.spent_change) over (partition by l.workspace_key order by l.entry) as used
    from budget_ledger l
    join budgets b on b.workspace_key = l.workspace_key
)
select workspace_key, entry, used, limit_nanos
from level
where kind = 'reserve' and entry > limit_set_at and used > limit_nanos
