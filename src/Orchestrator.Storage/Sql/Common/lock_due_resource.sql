-- Whoever waited here for somebody who did the same work finds nothing due any more.
select name, capacity, refill, level, level_at, closed_until, permits, retry_at, created_at, updated_at
from resources
where name = @name and retry_at is not null and (retry_at <= (select orc_now()) or (@freed and permits is not null))
for no key update
