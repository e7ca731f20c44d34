select t.id, t.workspace_key, s.priority
from tasks t
join task_specs s on s.id = t.id
where t.id = any (@ids) and t.status <> @processing
order by t.id
for no key update of t
