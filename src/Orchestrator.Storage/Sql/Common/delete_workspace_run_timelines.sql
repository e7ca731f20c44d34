delete from run_timelines where run_id in (select id from runs where workspace_key = @key)
