select id from runs where workspace_key = @key and status = 'started' limit 1
