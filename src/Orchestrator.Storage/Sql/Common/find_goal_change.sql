select workspace_key from goal_changes limit 1
