select id, workspace_key, status from finished_tasks where unresolved order by id limit @limit for no key update skip locked
