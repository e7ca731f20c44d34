select w.key, w.id, w.paused, w.budgeted from workspaces w where w.key = @key for update
