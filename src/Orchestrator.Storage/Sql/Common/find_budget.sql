select limit_nanos, reserved_nanos, spent_nanos, entries, limit_set_at, warned from budgets where workspace_key = @key
