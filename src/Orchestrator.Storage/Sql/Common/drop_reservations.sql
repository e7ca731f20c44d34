update guarded_attempts set is_open = @flag where workspace_key = @key and is_open
