select w.key, w.id, w.name, w.goal, w.weight, w.max_parallel, w.at_limit, w.short_of_money, w.maintenance, w.paused, w.paused_until, w.paused_by,
    w.created_at, w.updated_at, w.max_delegation_depth, f.loop_executions, f.loop_window_seconds, f.loop_pause_seconds, f.loop_count_all,
    f.pending_delegated, f.pending_total, f.circuit_failures, f.circuit_window_seconds, f.circuit_open_seconds,
    b.limit_nanos, b.spent_nanos, b.reserved_nanos
from workspaces w
left join workspace_fuses f on f.workspace_key = w.key
left join budgets b on b.workspace_key = w.key
where w.id > @after
order by w.id
limit @limit
