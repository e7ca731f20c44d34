delete from runs where workspace_key = @key
