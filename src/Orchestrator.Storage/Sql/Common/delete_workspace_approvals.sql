delete from approvals where task_id in (select id from task_specs where workspace_key = @key)
