select distinct g.workspace_key
from guarded_attempts g
left join tasks t on t.id = g.task_id
where g.is_open and (t.lease_token is null or t.lease_token <> g.token)
order by g.workspace_key
limit @limit
