-- Those that ran to the end of their time, and those that nobody renewed.
select r.token, r.task_id, r.workspace_key, w.id as workspace, r.lane, r.attempt, r.max_attempts, r.timeout_ms, r.is_probe, r.run_id, r.settled_at,
    (select orc_now()) - r.started_at as ran, r.ends_at <= t.lease_expires_at as ran_out
from remote_leases r
join tasks t on t.id = r.task_id and t.lease_token = r.token
join workspaces w on w.key = r.workspace_key
where r.settled_at is null and t.lease_expires_at <= (select orc_now())
order by t.lease_expires_at
limit @limit
