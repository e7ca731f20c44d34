delete from task_messages where task_id = any (@ids)
