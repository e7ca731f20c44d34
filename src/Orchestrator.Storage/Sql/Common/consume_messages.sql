update task_messages
set consumed_by = @token, consumed_at = orc_now()
where task_id = @id and number <= @through and consumed_by is null
