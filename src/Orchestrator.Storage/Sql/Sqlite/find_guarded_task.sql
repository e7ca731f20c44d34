select t.delegation_depth > 0 as delegated, coalesce(t.cost_nanos, 0) as cost,
    exists (select 1 from guarded_attempts g where g.workspace_key = t.workspace_key and g.task_id = t.id and g.is_open) as is_unsettled
from tasks t
where t.id = @id
