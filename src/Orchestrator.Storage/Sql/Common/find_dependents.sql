select d.depends_on, d.task_id, s.on_dependency_failure, t.status
from task_dependencies d
join task_specs s on s.id = d.task_id
left join tasks t on t.id = d.task_id
where d.depends_on = any (@ids)
order by d.task_id
