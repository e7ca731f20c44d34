delete from run_events where run_id = any (@ids)
