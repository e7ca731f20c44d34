-- Those of remote workers are found by themselves. The clock is asked once, as a subquery: a volatile function in the condition would keep an index from being used.
select id, lease_token, workspace_key, coalesce(lane, action) as lane, attempt, max_attempts
from tasks
where status = 'processing' and lease_expires_at <= (select orc_now())
    and (select r.token from remote_leases r where r.token = lease_token) is null
order by lease_expires_at
limit @limit
