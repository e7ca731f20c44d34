update task_specs set workspace_key = @target_key where id = any (@ids)
