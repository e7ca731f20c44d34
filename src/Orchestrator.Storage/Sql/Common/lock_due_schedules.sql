-- Looked at again under the lock: another process may have fired it in between.
select s.key, s.id, w.id as workspace, s.cron, s.time_zone, s.interval_ms, s.anchor_at, s.missed_fires, s.paused, s.task, s.input, s.next_fire_at, s.last_fire_at,
    s.last_task_id, s.last_error, s.created_at, s.updated_at
from schedules s
join workspaces w on w.key = s.workspace_key
where s.key = any (@schedule_keys) and s.workspace_key = any (@keys) and s.next_fire_at <= (select orc_now())
order by s.next_fire_at, s.key
for no key update of s skip locked
