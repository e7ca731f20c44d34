delete from finished_tasks where id in (select id from task_specs where workspace_key = @key)
