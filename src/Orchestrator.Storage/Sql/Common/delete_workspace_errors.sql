delete from error_groups where workspace_key = @key
