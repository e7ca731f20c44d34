select 1 as found from guarded_attempts where is_open limit 1
