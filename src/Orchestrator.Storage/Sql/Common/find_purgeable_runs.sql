-- Trees that have ended as a whole.
select r.id
from runs r
where r.finished_at <= (select orc_now()) - @age and r.parent_id is null and not r.abandons
    and not exists (select 1 from runs c where c.root_id = r.id and c.parent_id is not null and (c.status = 'started' or c.abandons))
order by r.finished_at
limit @limit
for update of r skip locked
