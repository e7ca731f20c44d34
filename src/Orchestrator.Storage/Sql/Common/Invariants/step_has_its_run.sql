-- A live task of a run is in the workspace of its run, and a started run in that of its root.
select s.id, s.run_id
from tasks t
join task_specs s on s.id = t.id
left join runs r on r.id = s.run_id
where s.run_id is not null and (r.id is null or r.workspace_key <> t.workspace_key or t.run_id <> s.run_id)
union all
select r.id, r.root_id
from runs r
left join runs o on o.id = r.root_id
where r.status = 'started' and (o.id is null or o.workspace_key <> r.workspace_key or o.parent_id is not null)
