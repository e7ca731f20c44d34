select number, role, content from task_messages where task_id = @id and consumed_by is null order by number
