-- What a started run counts as under way is there: tasks that are live or about to be told, and sub-runs. And while it gives nothing up,
-- no other task of it is live.
select r.id, r.in_flight, w.live, w.untold, w.sub_runs
from (
    select o.id,
        (select count(*) from task_specs s join tasks t on t.id = s.id where s.run_id = o.id) as live,
        (select count(*) from task_specs s join finished_tasks f on f.id = s.id where s.run_id = o.id and f.unresolved) as untold,
        (select count(*) from runs c where c.parent_id = o.id and c.status = 'started') as sub_runs
    from runs o
    where o.status = 'started'
) w
join runs r on r.id = w.id
where r.in_flight > w.live + w.untold + w.sub_runs or (not r.abandons and w.live > r.in_flight)
