select s.id, s.parent_id, s.delegation_key, s.action, s.input, s.created_at, coalesce(t.status, f.status) as status,
    coalesce(t.delegation_depth, f.delegation_depth) as delegation_depth
from task_specs s
left join tasks t on t.id = s.id
left join finished_tasks f on f.id = s.id
where s.parent_id = any (@parents) and s.delegation_key = any (@delegation_keys)
