-- Two processes may have looked at once: what the first wrote stays.
insert into resource_levels (name, bucket_at, available, most)
select json_extract(r.value, '$.name'), @at, json_extract(r.value, '$.available'), json_extract(r.value, '$.most')
from json_each(@rows) as r
where true
on conflict (name, bucket_at) do nothing
