update tasks set has_children = @flag where id = any (@ids)
