update guarded_attempts set cut_off = @flag where token = any (@tokens)
