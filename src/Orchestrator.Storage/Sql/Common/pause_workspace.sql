update workspaces set paused = @paused, paused_until = @until, updated_at = orc_now() where id = @id
