insert into remote_leases (
    token, task_id, workspace_key, lane, attempt, max_attempts, timeout_ms, is_probe, silo, started_at, ends_at)
select t.lease_token, t.id, t.workspace_key, coalesce(t.lane, t.action), t.attempt, t.max_attempts, t.timeout_ms, t.id = any (@probes),
    t.lease_silo, t.lease_expires_at - @lease, t.lease_expires_at - @lease + @timeout
from tasks t
where t.id = any (@ids)
returning task_id, started_at
