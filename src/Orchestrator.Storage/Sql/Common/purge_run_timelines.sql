delete from run_timelines where run_id = any (@ids)
