delete from task_events where task_id = any (@ids)
