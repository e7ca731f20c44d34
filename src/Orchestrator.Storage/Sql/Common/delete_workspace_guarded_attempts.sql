delete from guarded_attempts where workspace_key = @key
