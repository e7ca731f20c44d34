update workspaces set paused = @paused, paused_until = @until, paused_by = @by, updated_at = orc_now() where key = @key
