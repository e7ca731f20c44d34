select id, action, input from task_specs where id = any (@ids)
