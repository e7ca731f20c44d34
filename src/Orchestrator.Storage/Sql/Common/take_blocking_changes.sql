select id, task_id from blocking_changes order by id limit @limit for update skip locked
