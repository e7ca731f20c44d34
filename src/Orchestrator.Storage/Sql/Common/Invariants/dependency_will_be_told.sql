-- What a blocked task waits for is live, or has ended and is about to be told.
select d.task_id, d.depends_on
from task_dependencies d
where not exists (select 1 from tasks t where t.id = d.depends_on)
    and not exists (select 1 from finished_tasks f where f.id = d.depends_on and f.unresolved)
