-- In the order of their start.
select work, task_id, run_id
from (
    select s.step_key as work, s.id as task_id, null as run_id, s.created_at from task_specs s where s.run_id = @id
    union all
    select r.parent_work, null, r.id, r.created_at from runs r where r.parent_id = @id
) started
order by created_at, length(work), work
