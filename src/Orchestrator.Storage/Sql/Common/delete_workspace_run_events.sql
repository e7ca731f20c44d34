delete from run_events where run_id in (select id from runs where workspace_key = @key)
