select id, workspace_key, status from finished_tasks where id = @id
