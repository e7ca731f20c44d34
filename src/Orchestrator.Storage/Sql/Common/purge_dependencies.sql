delete from task_dependencies where task_id = any (@ids) or depends_on = any (@ids)
