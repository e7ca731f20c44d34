select key from workspaces where key = @key and paused_by = @by
