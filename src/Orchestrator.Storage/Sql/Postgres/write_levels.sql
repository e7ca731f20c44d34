-- Two processes may have looked at once: what the first wrote stays.
insert into resource_levels (name, bucket_at, available, most)
select r.name, @at, r.available, r.most
from json_to_recordset(cast(@rows as json)) as r(name text, available bigint, most integer)
on conflict (name, bucket_at) do nothing
