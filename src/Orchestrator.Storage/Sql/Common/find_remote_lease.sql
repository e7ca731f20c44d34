select r.token, r.task_id, r.workspace_key, w.id as workspace, r.lane, r.attempt, r.max_attempts, r.timeout_ms, r.is_probe, r.settled_at,
    coalesce(r.settled_at, orc_now()) - r.started_at as ran, s.run_id, s.step_key, case when t.started_at = r.started_at then t.started_at end as step_begun_at,
    t.started_at - case when t.run_at > t.created_at then t.run_at else t.created_at end as step_waited
from remote_leases r
join workspaces w on w.key = r.workspace_key
left join tasks t on t.id = r.task_id and t.lease_token = r.token
left join task_specs s on s.id = t.id
where r.token = @token
