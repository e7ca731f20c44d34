update workspaces set paused = @paused, paused_until = null, paused_by = null, updated_at = orc_now() where key = @key and paused
