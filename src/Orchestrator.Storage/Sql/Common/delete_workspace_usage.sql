delete from workspace_usage where workspace_key = @key
