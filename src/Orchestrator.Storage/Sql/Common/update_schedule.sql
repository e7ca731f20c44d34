update schedules
set cron = @cron, time_zone = @time_zone, interval_ms = @interval_ms, anchor_at = @anchor_at, missed_fires = @missed_fires,
    paused = @paused, task = @task, input = @input, next_fire_at = @next_fire_at, updated_at = orc_now()
where id = @id
