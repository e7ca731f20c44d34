update guarded_attempts set returned = @flag where token = any (@tokens)
