select w.key, w.id, w.name, w.goal, w.weight, w.max_parallel, w.maintenance, w.paused, w.paused_until, w.created_at, w.updated_at
from workspaces w
where w.id > @after
order by w.id
limit @limit
