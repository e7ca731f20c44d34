update tasks set has_children = @flag where id = any (@ids) and has_children <> @flag
