-- The clock is asked once, as a subquery: a volatile function in the condition would keep an index from being used.
select id, lease_token, workspace_key, coalesce(lane, action) as lane, attempt, max_attempts
from tasks
where status = 'processing' and lease_expires_at <= (select orc_now())
order by lease_expires_at
limit @limit
