select t.id from task_specs s join tasks t on t.id = s.id where s.workspace_key = @key limit 1
