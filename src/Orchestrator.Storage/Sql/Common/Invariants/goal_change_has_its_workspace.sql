select workspace_key from goal_changes where workspace_key not in (select key from workspaces)
