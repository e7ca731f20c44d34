-- Every task that was stored is either live or finished.
select s.id
from task_specs s
where not exists (select 1 from tasks t where t.id = s.id)
    and not exists (select 1 from finished_tasks f where f.id = s.id)
