update guarded_attempts set is_open = @flag where token = any (@tokens)
