insert into schedules (
    id, workspace_key, cron, time_zone, interval_ms, anchor_at, missed_fires, paused, task, input, next_fire_at, created_at, updated_at)
values (
    @id, @workspace_key, @cron, @time_zone, @interval_ms, @anchor_at, @missed_fires, @paused, @task, @input, @next_fire_at, orc_now(), orc_now())
on conflict (id) do nothing
