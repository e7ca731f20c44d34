-- A task that waits for its children waits for one that has not ended, or whose end is about to be told.
select t.id
from tasks t
where t.waiting_for = 'children' and not exists (
    select 1
    from task_dependencies d
    join task_specs s on s.id = d.depends_on
    where d.task_id = t.id and s.parent_id = t.id and (
        exists (select 1 from tasks c where c.id = d.depends_on)
        or exists (select 1 from finished_tasks f where f.id = d.depends_on and f.unresolved)))
