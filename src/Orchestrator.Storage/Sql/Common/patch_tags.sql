update task_specs set tags = @tags where id = @id
