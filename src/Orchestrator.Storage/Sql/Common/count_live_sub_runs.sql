select root_id, count(*) as live
from runs
where root_id = any (@ids) and parent_id is not null and finished_at is null
group by root_id
