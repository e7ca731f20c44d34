update task_specs set input = @input where id = @id
