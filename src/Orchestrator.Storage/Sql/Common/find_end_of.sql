select status, error_code from finished_tasks where id = @id
