delete from workspace_usage_entries where workspace_key = @key
