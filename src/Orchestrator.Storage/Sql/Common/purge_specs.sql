delete from task_specs where id = any (@ids)
