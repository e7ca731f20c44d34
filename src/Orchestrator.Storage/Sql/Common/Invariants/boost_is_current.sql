-- A task's rank counts who waits for it, directly or through others; unless that has just changed.
with recursive blocked(blocker, id, distance) as (
    select d.depends_on, d.task_id, 1
    from task_dependencies d
    join tasks t on t.id = d.task_id
    where t.pending_dependencies > 0
    union
    select b.blocker, d.task_id, b.distance + 1
    from blocked b
    join task_dependencies d on d.depends_on = b.id
    join tasks t on t.id = d.task_id
    where t.pending_dependencies > 0 and b.distance < 17
),
counted as (
    select blocker, count(distinct id) as tasks from blocked group by blocker
)
select t.id, t.blocked_tasks, coalesce(c.tasks, 0) as waiting
from tasks t
left join counted c on c.blocker = t.id
where t.blocked_tasks <> case when c.tasks is null then 0 when c.tasks > 17 then 17 else c.tasks end
    and not exists (select 1 from blocking_changes)
