delete from circuits where workspace_key = @key
