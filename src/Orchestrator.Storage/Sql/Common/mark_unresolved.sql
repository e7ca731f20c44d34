update finished_tasks set unresolved = @flag where id = any (@ids)
