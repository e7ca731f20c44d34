delete from schedules where workspace_key = @key
