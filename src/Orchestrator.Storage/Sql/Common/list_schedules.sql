select s.id, w.id as workspace, s.cron, s.time_zone, s.interval_ms, s.anchor_at, s.missed_fires, s.paused, s.task,
    cast(null as bytea) as input, s.next_fire_at, s.last_fire_at, s.last_task_id, s.last_error, s.created_at, s.updated_at
from schedules s
join workspaces w on w.key = s.workspace_key
where s.id > @after and (@workspace is null or w.id = @workspace)
order by s.id
limit @limit
