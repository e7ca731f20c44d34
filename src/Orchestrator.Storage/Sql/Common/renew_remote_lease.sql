-- A heartbeat moves a lease no further than to the end of its attempt's time.
update tasks
set lease_expires_at = case when orc_now() + @duration < r.ends_at then orc_now() + @duration else r.ends_at end
from remote_leases r
where r.token = @token and tasks.id = r.task_id and tasks.lease_token = r.token and tasks.lease_expires_at > orc_now()
returning lease_expires_at, lease_expires_at - orc_now() as expires_in
