-- Messages and requests are kept as long as their task, and no longer.
select s.task_id
from (select task_id from task_messages union select task_id from approvals) s
where not exists (select 1 from task_specs t where t.id = s.task_id)
