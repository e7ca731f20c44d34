-- A run ends once each time that it was started.
select r.id, r.status
from runs r
join run_events e on e.run_id = r.id
group by r.id, r.status
having sum(case when e.type in ('run.completed', 'run.failed', 'run.aborted') then 1 else 0 end)
    <> sum(case when e.type = 'run.resumed' then 1 else 0 end) + case when r.status = 'started' then 0 else 1 end
    or sum(case when e.type = 'run.' || r.status then 1 else 0 end) = 0
