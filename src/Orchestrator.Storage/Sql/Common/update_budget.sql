update budgets
set limit_nanos = @limit_nanos, reserved_nanos = @reserved_nanos, spent_nanos = @spent_nanos, entries = @entries,
    limit_set_at = @limit_set_at, warned = @warned
where workspace_key = @key
