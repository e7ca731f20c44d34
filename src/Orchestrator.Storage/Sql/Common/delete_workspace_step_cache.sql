delete from step_cache where workspace_key = @key
