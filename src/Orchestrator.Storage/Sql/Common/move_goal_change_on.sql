update goal_changes set after_id = @after where workspace_key = @key
