delete from workspace_events where workspace_key = @key
