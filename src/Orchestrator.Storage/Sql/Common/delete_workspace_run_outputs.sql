delete from run_outputs where run_id in (select id from runs where workspace_key = @key)
