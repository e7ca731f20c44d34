select coalesce(max(number), 0) as last, count(*) - count(consumed_by) as unconsumed from task_messages where task_id = @id
