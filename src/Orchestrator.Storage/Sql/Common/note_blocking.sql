insert into blocking_changes (task_id) select id from tasks where id = any (@ids)
