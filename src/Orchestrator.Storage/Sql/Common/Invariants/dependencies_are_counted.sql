-- A task waits for exactly the dependencies that are written.
select t.id, t.pending_dependencies, count(d.depends_on) as written
from tasks t
left join task_dependencies d on d.task_id = t.id
group by t.id, t.pending_dependencies
having t.pending_dependencies <> count(d.depends_on)
