select f.id, f.workspace_key, f.status, f.error_code, s.run_id
from finished_tasks f
join task_specs s on s.id = f.id
where f.unresolved
order by f.id
limit @limit
for no key update of f skip locked
