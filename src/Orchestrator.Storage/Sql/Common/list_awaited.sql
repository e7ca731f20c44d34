-- What a task waits for: the first by id, and how many in all.
select d.depends_on, (select count(*) from task_dependencies a where a.task_id = @id) as pending
from task_dependencies d
where d.task_id = @id
order by d.depends_on
limit @limit
