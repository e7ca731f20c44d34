-- Leases of attempts whose time limit is shorter than a lease.
update tasks
set lease_expires_at = lease_expires_at - @lease + @timeout
where id = any (@ids)
