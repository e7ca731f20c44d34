select input from task_specs where id = @id
