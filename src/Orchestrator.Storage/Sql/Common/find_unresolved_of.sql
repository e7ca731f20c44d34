select id, workspace_key, status, error_code
from finished_tasks
where id = any (@ids) and unresolved
order by id
for no key update
