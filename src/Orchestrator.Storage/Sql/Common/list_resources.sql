select r.name, r.capacity, r.refill, r.level, r.level_at, r.closed_until, r.permits, r.retry_at, r.created_at, r.updated_at,
    (select count(*) from tasks t where t.status = 'waiting' and t.waiting_on = r.name and t.resources is not null) as waiting
from resources r
where r.name > @after
order by r.name
limit @limit
