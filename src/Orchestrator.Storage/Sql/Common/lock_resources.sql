-- Whoever grants of a resource, or changes it, holds its row until commit; several are locked by name.
select name, capacity, refill, level, level_at, closed_until, permits, retry_at, created_at, updated_at
from resources
where name = any (@names)
order by name
for no key update
