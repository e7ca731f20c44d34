-- What a run still has under way when it ends is cancelled.
select r.id, t.id as task_id
from runs r
join task_specs s on s.run_id = r.id
join tasks t on t.id = s.id
where r.status <> 'started' and not r.abandons
