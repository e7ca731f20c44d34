select r.token, r.task_id, r.workspace_key, w.id as workspace, r.lane, r.attempt, r.max_attempts, r.timeout_ms, r.is_probe, r.run_id, r.settled_at,
    orc_now() - r.started_at as ran
from remote_leases r
join workspaces w on w.key = r.workspace_key
where r.token = @token
