-- A remote attempt's lease reaches no further than its time limit, and one that is settled is nobody's lease any more.
select r.token, r.task_id
from remote_leases r
join tasks t on t.id = r.task_id and t.lease_token = r.token
where t.lease_expires_at > r.ends_at or r.settled_at is not null
