select id, workspace_key, status, error_code from finished_tasks where unresolved order by id limit @limit for no key update skip locked
