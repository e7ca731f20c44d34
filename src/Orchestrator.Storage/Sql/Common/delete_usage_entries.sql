delete from workspace_usage_entries where id = any (@ids)
