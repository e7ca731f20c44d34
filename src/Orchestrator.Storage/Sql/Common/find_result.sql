select result from finished_tasks where id = @id
