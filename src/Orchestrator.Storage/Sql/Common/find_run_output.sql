select output from run_outputs where run_id = @id and name = @name
