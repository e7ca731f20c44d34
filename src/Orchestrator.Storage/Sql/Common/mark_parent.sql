update tasks set has_children = @flag where id = @id
