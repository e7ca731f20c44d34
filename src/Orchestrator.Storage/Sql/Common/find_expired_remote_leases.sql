-- Those that ran to the end of their time, and those that nobody renewed.
select r.token, r.task_id, r.workspace_key, w.id as workspace, r.lane, r.attempt, r.max_attempts, r.timeout_ms, r.is_probe, r.settled_at,
    (select orc_now()) - r.started_at as ran, r.ends_at <= t.lease_expires_at as ran_out, s.run_id, s.step_key, case when t.started_at = r.started_at then t.started_at end as step_begun_at,
    t.started_at - case when t.run_at > t.created_at then t.run_at else t.created_at end as step_waited
from remote_leases r
join tasks t on t.id = r.task_id and t.lease_token = r.token
join task_specs s on s.id = t.id
join workspaces w on w.key = r.workspace_key
where r.settled_at is null and t.lease_expires_at <= (select orc_now())
order by t.lease_expires_at
limit @limit
