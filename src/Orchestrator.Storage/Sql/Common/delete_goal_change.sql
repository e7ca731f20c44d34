delete from goal_changes where workspace_key = @key
