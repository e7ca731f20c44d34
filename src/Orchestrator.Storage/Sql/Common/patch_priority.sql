update task_specs set priority = @priority where id = @id
