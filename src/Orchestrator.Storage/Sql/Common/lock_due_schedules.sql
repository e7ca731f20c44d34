-- The workspaces are held, so that none is deleted before its tasks are seen. Nothing is waited for: what another process
-- holds is passed over, and does not count towards the limit.
select s.key, s.id, w.id as workspace, s.cron, s.time_zone, s.interval_ms, s.anchor_at, s.missed_fires, s.paused, s.task,
    s.input, s.next_fire_at, s.last_fire_at, s.last_task_id, s.last_error, s.created_at, s.updated_at
from schedules s
join workspaces w on w.key = s.workspace_key
where s.next_fire_at <= (select orc_now())
order by s.next_fire_at
limit @limit
for key share of w skip locked
for no key update of s skip locked
