select id, workspace_key, status as ended_as, delegation_depth from finished_tasks where id = any (@ids) order by id for no key update
