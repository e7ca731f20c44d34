select name, output from run_outputs where run_id = @id and name in (select value from json_each(@names))
