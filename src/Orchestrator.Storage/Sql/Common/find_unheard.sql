select 1 from task_messages where task_id = @id and number > @number and consumed_by is null limit 1
