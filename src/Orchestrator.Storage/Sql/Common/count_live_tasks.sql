-- Each part has its index, and goes no further than the bound.
select 'queued' as status, cast(null as text) as waiting_for, count(*) as tasks
from (select 1 as one from tasks where status = 'queued' limit @most) queued
union all
select 'processing', null, count(*)
from (select 1 as one from tasks where status = 'processing' limit @most) processing
union all
select aside.status, aside.waiting_for, count(*)
from (select status, waiting_for from tasks where status in ('scheduled', 'blocked', 'waiting') limit @most) aside
group by aside.status, aside.waiting_for
