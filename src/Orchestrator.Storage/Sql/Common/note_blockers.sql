-- What tasks that wait for others wait for.
insert into blocking_changes (task_id)
select distinct d.depends_on
from task_dependencies d
join tasks t on t.id = d.task_id
join tasks b on b.id = d.depends_on
where d.task_id = any (@ids) and t.pending_dependencies > 0
