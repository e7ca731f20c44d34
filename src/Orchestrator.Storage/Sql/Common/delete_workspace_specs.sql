delete from task_specs where workspace_key = @key
