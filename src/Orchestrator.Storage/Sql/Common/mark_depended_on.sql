update tasks set has_dependents = @flag where id = any (@ids) and has_dependents <> @flag
