-- Of a live task for which others wait it is known that its end concerns them.
select d.task_id, d.depends_on
from task_dependencies d
join tasks t on t.id = d.depends_on
where not t.has_dependents
