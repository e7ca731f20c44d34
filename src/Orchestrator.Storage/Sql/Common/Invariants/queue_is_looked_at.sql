-- A task that waits for a resource waits for one of those that it needs, whose queue will be looked at.
select t.id, t.waiting_on
from tasks t
left join resources r on r.name = t.waiting_on
where t.waiting_for = 'resource' and (r.retry_at is null or t.resources is null)
