delete from finished_tasks where id = any (@ids)
