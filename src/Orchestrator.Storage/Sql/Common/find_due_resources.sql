select name
from resources
where retry_at is not null and (retry_at <= (select orc_now()) or (@freed and permits is not null))
order by name
