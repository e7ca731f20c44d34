select id from schedules where workspace_key not in (select key from workspaces)
