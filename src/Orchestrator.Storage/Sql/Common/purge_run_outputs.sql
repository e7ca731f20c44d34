delete from run_outputs where run_id = any (@ids)
