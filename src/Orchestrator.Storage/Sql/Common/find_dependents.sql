select d.task_id, s.on_dependency_failure
from task_dependencies d
join task_specs s on s.id = d.task_id
where d.depends_on = @id
order by d.task_id
