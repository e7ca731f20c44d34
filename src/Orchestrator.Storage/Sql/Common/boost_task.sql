update tasks set blocked_tasks = @blocked_tasks, rank = rank - @more where id = @id
