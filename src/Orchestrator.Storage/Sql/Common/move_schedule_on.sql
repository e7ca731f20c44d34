update schedules
set next_fire_at = @next_fire_at, last_fire_at = @last_fire_at, last_task_id = @last_task_id, last_error = @last_error
where key = @key
