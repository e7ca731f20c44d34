delete from budgets where workspace_key = @key
