insert into budgets (workspace_key, limit_nanos) values (@key, @limit_nanos)
