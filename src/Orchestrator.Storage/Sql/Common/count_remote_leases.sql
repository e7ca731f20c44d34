select count(*) as open
from remote_leases r
join tasks t on t.id = r.task_id and t.lease_token = r.token
where r.settled_at is null and r.silo = @silo
