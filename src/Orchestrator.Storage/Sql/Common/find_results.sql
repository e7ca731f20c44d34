select id, result from finished_tasks where id = any (@ids) and result is not null
